def trial() -> int:
    """x"""
    return 0
