#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a DMN table that says UNIQUE is refused, or stops, where two of its rows give different points; and [10..12[ is 10 to 12, without 12"
python_packages pyDMNrules==1.4.5 pySFeel==1.4.2 sly==0.5 openpyxl==3.1.5 et-xmlfile==2.0.0 pandas==3.1.1 numpy==2.4.6 \
    python-dateutil==4.0.0 six==1.17.0 pytz==2026.6 SpiffWorkflow==3.2.0 lxml==6.1.3
cat > call.bpmn <<'END'
<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c="http://camunda.org/schema/1.0/bpmn" id="b" targetNamespace="urn:example:call">
 <b:process id="call" isExecutable="true">
  <b:startEvent id="start"><b:outgoing>in</b:outgoing></b:startEvent>
  <b:businessRuleTask id="score" c:decisionRef="scale"><b:incoming>in</b:incoming><b:outgoing>out</b:outgoing></b:businessRuleTask>
  <b:endEvent id="end"><b:incoming>out</b:incoming></b:endEvent>
  <b:sequenceFlow id="in" sourceRef="start" targetRef="score"/>
  <b:sequenceFlow id="out" sourceRef="score" targetRef="end"/>
 </b:process>
</b:definitions>
END
happens env/bin/python -W ignore - <<'PY'
from xml.sax.saxutils import escape

from pyDMNrules import DMN
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser

TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="call" namespace="urn:example:call">
<inputData id="i" name="note"/>
<decision id="scale" name="scale"><decisionTable id="t" hitPolicy="{policy}">
<input id="a" label="note"><inputExpression id="e" typeRef="number"><text>note</text></inputExpression></input>
<output id="o" name="points" typeRef="number"/>{rules}</decisionTable></decision></definitions>"""
RULE = '<rule id="r{0}"><inputEntry id="x{0}"><text>{1}</text></inputEntry><outputEntry id="y{0}"><text>{2}</text></outputEntry></rule>'


def table(policy, *rows):
    rules = "".join(RULE.format(place, escape(entry), points) for place, (entry, points) in enumerate(rows))
    return TABLE.format(policy=policy, rules=rules)


def of_spiff(xml, note):
    with open("scale.dmn", "w") as file:
        file.write(xml)
    parser = CamundaParser()
    parser.add_bpmn_file("call.bpmn")
    parser.add_dmn_file("scale.dmn")
    flow = BpmnWorkflow(parser.get_spec("call"), parser.get_subprocess_specs("call"))
    flow.get_next_task().data["note"] = note
    flow.do_engine_steps()
    return flow.last_task.data["points"]


def of_pydmn(xml, note):
    engine = DMN()
    assert not engine.useXML(xml).get("errors")
    said, told = engine.decide({"note": note})
    return told["Result"]["points"] if told else " ".join(said["errors"])


print("rows >= 10 gives 5, >= 12 gives 8; the note is 14")
for policy in ("UNIQUE", "ANY", "FIRST", "RULE ORDER", "COLLECT"):
    xml = table(policy, (">= 10", 5), (">= 12", 8))
    print(f"  {policy}: SpiffWorkflow {of_spiff(xml, 14)}, pyDMNrules {of_pydmn(xml, 14)}")
for half_open in ("[10..12)", "[10..12["):
    xml = table("UNIQUE", (half_open, 5), ("[12..20]", 8))
    for note in (10, 11.5, 12):
        print(f"rows {half_open} gives 5, [12..20] gives 8; the note is {note}: pyDMNrules {of_pydmn(xml, note)}")
PY
seen <<'END'
rows >= 10 gives 5, >= 12 gives 8; the note is 14
  UNIQUE: SpiffWorkflow 5, pyDMNrules 5.0
  ANY: SpiffWorkflow 5, pyDMNrules 5.0
  FIRST: SpiffWorkflow 5, pyDMNrules 5.0
  RULE ORDER: SpiffWorkflow 5, pyDMNrules [5.0, 8.0]
  COLLECT: SpiffWorkflow [5, 8], pyDMNrules [5.0, 8.0]
rows [10..12) gives 5, [12..20] gives 8; the note is 10: pyDMNrules 5.0
rows [10..12) gives 5, [12..20] gives 8; the note is 11.5: pyDMNrules 5.0
rows [10..12) gives 5, [12..20] gives 8; the note is 12: pyDMNrules 8.0
rows [10..12[ gives 5, [12..20] gives 8; the note is 10: pyDMNrules No rules matched the input data for decision table 'scale'
rows [10..12[ gives 5, [12..20] gives 8; the note is 11.5: pyDMNrules No rules matched the input data for decision table 'scale'
rows [10..12[ gives 5, [12..20] gives 8; the note is 12: pyDMNrules 8.0
END
