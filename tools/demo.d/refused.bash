# shellcheck shell=bash
# The other supplier does not agree: a question, an answer, a second time, an Incident.

tell() {
  caption "A new ledger with the examples; a refused 8.4 of March becomes a correction, and SUPB is asked"
  example_ledger
  step 1 "REFUSED  E080415" submit refused.xml --at 2026-03-04T10:12:00Z --quiet
  step 0 "Opened COR-000001" correction open \
    --request 90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2002 --at 2026-03-04T10:14:00Z
  caption "Nobody else can agree for SUPB"
  step 77 "SUPC is not asked to agree; SUPB is" correction consent COR-000001 \
    --actor 90-B3-D5-1F-30-05-00-00
  caption "Days later SUPB is late: a timer reminds it, once"
  step 0 "reminded SUPB" correction remind
  step 0 "Nothing is due" correction remind
  step 0 "LATE" correction list --due --holder counterparty
  caption "SUPB does not agree, and says why. Now it is the DCC's turn, and a fix can't be proposed"
  step 0 "turn of the DCC" correction refuse COR-000001 --reason "our meter, our customer" --actor "$SUPB"
  step 1 "makes no sense now" correction propose COR-000001 --actor DCC-017
  step 77 "has refused; only the DCC asks it again" correction advise COR-000001 --actor "$SUPA"
  caption "The DCC asks SUPA for evidence; it is SUPA's turn until it answers"
  step 0 "turn of SUPA" correction inform COR-000001 --ask "Which serial is on the wall?" \
    --actor DCC-017
  step 0 "turn of the DCC" correction inform COR-000001 --text "21E5551234, photo sent" --actor "$SUPA"
  caption "SUPA's customer has a plan meanwhile, which the 5-working-day clock ran for"
  step 0 "gave its customer a plan" correction plan COR-000001 --actor "$SUPA"
  caption "The DCC asks SUPB again; it still does not agree. An Incident it is, with its target"
  step 0 "turn of SUPB" correction advise COR-000001 --actor DCC-017
  step 0 "turn of the DCC" correction refuse COR-000001 --reason "still ours" --actor "$SUPB"
  step 0 "category 4" correction categorise COR-000001 --category 4 --actor DCC-017
  step 0 "is escalated" correction escalate COR-000001 --reason "the suppliers disagree" \
    --actor DCC-017
  step 0 "SUPB keeps it" correction escalate COR-000001 --close "site visit: SUPB keeps it" \
    --actor DCC-017
  step 0 "is rejected" correction reject COR-000001 --reason "the entry was right" --actor DCC-017
  step 0 "rejected it" correction show COR-000001
}

try_next() {
  cat <<NEXT
  smi-ledger correction show COR-000001 --explain-clock
  smi-ledger timeline party SUPB
NEXT
}
