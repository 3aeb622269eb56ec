"""Where and when that was, and whose count it is; `<` where the sentence before says so."""

from __future__ import annotations

import pytest
from quantity_notation import told

CASES = [
    ("The crash killed 59 people on board and 14 on the ground in Lisbon.", ["59 killed", "14 killed @Lisbon"]),
    ("Two killed and five wounded in the shelling, officials said.", ["2 killed said", "5 injured said"]),
    ("Thirty-three hostages were freed on Monday.", ["33 released on 2025-03-10"]),
    ("The army launched 120 drones overnight.", ["120 drone launched on 2025-03-11TNI"]),
    ("The army said it had retaken five settlements.", ["5 settlement recaptured said"]),
    ("The group will release 33 hostages on Sunday.", ["33 hostage released:planned on 2025-03-16"]),
    ("Three more people died on Monday.", ["3 killed on 2025-03-10"]),
    ("The attack killed two people and wounded five in Lisbon.", ["2 killed @Lisbon", "5 injured @Lisbon"]),
    ("Three people were killed in Lisbon and five in Oslo.", ["3 killed @Lisbon", "5 killed @Oslo"]),
    ("Three people were killed in Lisbon and five were wounded in Oslo.", ["3 killed @Lisbon", "5 injured @Oslo"]),
    ("In Lisbon, three people were killed and five wounded.", ["3 killed @Lisbon", "5 injured @Lisbon"]),
    ("Three people were killed on Monday in Lisbon.", ["3 killed @Lisbon on 2025-03-10"]),
    ("Officials said on Tuesday that three people were killed on Monday.", ["3 killed on 2025-03-10 said"]),
    ("Officials in Oslo said three people were killed in Lisbon.", ["3 killed @Lisbon said"]),
    ("Three people were killed in Lisbon, officials in Oslo said.", ["3 killed @Lisbon said"]),
    ("Three people were killed in Lisbon and Oslo.", ["3 killed"]),
    ("Three people were killed and five were wounded elsewhere.", ["3 killed", "5 injured"]),
    ("At least one person was killed when a shell struck a warehouse in Lisbon, and 17 others were hurt elsewhere.", [">=1 killed @Lisbon", "17 injured"]),
    ("A bomb exploded in Lisbon on Monday. The blast killed three people.", ["3 killed @Lisbon< on 2025-03-10<"]),
    ("The mayor spoke in Lisbon on Monday. Three people were killed.", ["3 killed"]),
    ("Since Monday, 40 people have been killed.", ["40 killed"]),
    ("Some 5,000 soldiers in Lisbon went on strike.", ["~5000 soldier @Lisbon"]),
    ("The attack in Lisbon that killed 12 people shocked the world.", ["12 killed @Lisbon"]),
    ("The Lisbon bombing killed 12.", ["12 killed"]),
    ("Forty people were killed in 2019.", ["40 killed on 2019"]),
    ('"Three people were killed," the mayor, Ana Duval, said.', ["3 killed said"]),
    ("According to Ana Duval, 300 tents burned.", ["300 tent said"]),
    ("Officials fear that 12 people were killed.", ["12 person killed:possible said"]),
    ("The mayor confirmed that 17 residents had died.", ["17 killed said"]),
    ("The army says it killed more than 60 fighters.", [">60 killed said"]),
    ("Twelve hostages, all women, were freed on Sunday.", ["12 released on 2025-03-09"]),
    ("Drones hit three refineries overnight.", ["3 refinery attacked on 2025-03-11TNI"]),
    ("A drone strike on Lisbon killed four.", ["4 killed @Lisbon"]),
    ("A strike near Lisbon killed four people on Sunday.", ["4 killed @Lisbon on 2025-03-09"]),
    ("Four people were killed on Sunday when a bus fell into a river near Lisbon.", ["4 killed @Lisbon on 2025-03-09"]),
    ("Four people died in the Lisbon region.", ["4 killed @Lisbon"]),
    ("On Sunday, four people died in Oslo.", ["4 killed @Oslo on 2025-03-09"]),
    ("Four people died in Oslo on Sunday and two in Lisbon.", ["4 killed @Oslo on 2025-03-09", "2 killed @Lisbon on 2025-03-09"]),
    ("The envoy flew to Lisbon after four people died.", ["4 killed"]),
    ("The envoy, speaking in Lisbon, said four people had died.", ["4 killed said"]),
    ("The envoy said four people had died in Oslo on Sunday.", ["4 killed @Oslo on 2025-03-09 said"]),
    ('"We lost 12 tanks in Oslo," the general, Ana Duval, said.', ["12 tank lost @Oslo said"]),
    ("The convoy of 12 trucks left Oslo on Sunday.", ["12 truck"]),
    ("The army fired 12 rockets at Lisbon.", ["12 rocket launched @Lisbon"]),
    ("The army fired 12 rockets at the port of Lisbon on Sunday.", ["12 rocket launched @Lisbon on 2025-03-09"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_finds_where_when_and_whose(text: str, expected: list[str]) -> None:
    assert told(text, whose=True) == expected
