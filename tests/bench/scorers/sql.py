"""DuckDB: one query over the file. Run as `sql.py LINES ZONES`, in an environment that has `duckdb`."""

from __future__ import annotations

import sys

import duckdb  # of the benchmark's own environment

QUERY = """
with waves(closing) as (values (date '2021-11-30'), (date '2022-02-28'), (date '2022-05-31'), (date '2022-09-30')),
read as (
    select * from read_json(?, format = 'newline_delimited', columns = {
        reference: 'varchar', depose_le: 'date', porteur: 'struct(type varchar)',
        implantation: 'struct(communes struct(code_insee varchar, population integer)[])',
        diagnostic: 'struct(etat_des_lieux_le date, prospective varchar, horizon_prospective integer,
                            partage_avec varchar[])',
        locaux: 'struct(etat varchar, adaptes varchar, bureaux integer, surface_m2 decimal(9, 2), accessibles varchar,
                        disponibles_le date)',
        engagement_financier: 'struct(delibere_le date, montant_annuel decimal(12, 2), duree_annees integer,
                                      nature varchar)',
        medecins_interesses: 'struct(temps_plein decimal(5, 3), preuve varchar)[]', pieces: 'varchar[]'})
),
facts as (
    select reference, diagnostic as d, locaux as l, engagement_financier as e, implantation.communes[1] as c, pieces,
        (select min(closing) from waves where closing >= depose_le) as closing, len(medecins_interesses) as doctors,
        coalesce(list_sum([m.temps_plein for m in medecins_interesses if m.preuve = 'lettre']), 0) as promised
    from read where porteur.type in ('commune', 'epci') and not starts_with(implantation.communes[1].code_insee, '32')
),
points as (
    select reference,
        case when closing <= d.etat_des_lieux_le + interval 18 month and list_has_any(
                d.partage_avec, ['ARS', 'CPTS', 'département', 'professionnels de santé'])
            then if(d.prospective = 'oui' and d.horizon_prospective - year(closing) >= 3, 10, 5) else 0 end
        + case when closing <= d.etat_des_lieux_le + interval 6 month then 3
            when closing <= d.etat_des_lieux_le + interval 12 month then 2
            when closing <= d.etat_des_lieux_le + interval 18 month then 1 else 0 end
        + least(3, 0.5 * greatest(len(d.partage_avec) - 2, 0))
        + case z.zone when 'ZIP' then 30 when 'ZAC' then 18 else 0 end
        + if(l.etat = 'aucun', 0,
            case when l.adaptes = 'oui' then 9 when l.etat in ('travaux', 'à construire') then 4 else 0 end
            + 0.5 * (case when l.bureaux >= 4 then 4 when l.bureaux >= 2 then 2 else 0 end
                + if(l.accessibles = 'oui', 3, 0) + if(l.surface_m2 >= 120, 2, 0)
                + if(list_contains(pieces, 'plan des locaux'), 1, 0))
            + case when l.disponibles_le <= closing + interval 3 month then 10
                when l.disponibles_le <= closing + interval 6 month then 8
                when l.disponibles_le <= closing + interval 12 month then 5
                when l.disponibles_le <= closing + interval 18 month then 2.5 else 0 end)
        + if(e.delibere_le is null, 0, 2)
        + case e.nature when 'contribution' then 1.5 when 'mise à disposition' then 0.5 else 2 end
        + case when e.montant_annuel >= 8 * c.population then 6 when e.montant_annuel >= 5 * c.population then 4
            when e.montant_annuel >= 2 * c.population then 2 else 0 end
        + least(e.duree_annees, 3) + least(0.5 * greatest(e.duree_annees - 3, 0), 1)
        + greatest(least(16, 4 * ((promised * 1000)::integer // 500)), least(6, 2 * doctors)) as total
    from facts join read_csv(?, all_varchar = true) z on z.code = c.code_insee where closing is not null
)
select reference, total from points order by total desc, reference
"""

for reference, points in duckdb.execute(QUERY, [sys.argv[1], sys.argv[2]]).fetchall():
    print(reference, float(points), sep="\t")
