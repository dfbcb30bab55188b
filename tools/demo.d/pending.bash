# shellcheck shell=bash
# A device is stuck at Pending: who alone can act; and a check as of next Monday, when a supplier
# changes and the same 8.4 passes.

readonly STUCK=00-DB-12-34-56-78-91-04

a_stuck_device() {
  caption "A meter is on the wall, the SMI says Pending. SUPB tries to set its status: refused with E080406"
  written status.xml <<XML
<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
  <sr:Header>
    <sr:RequestID>$SUPB:90-B3-D5-1F-30-00-00-02:7001</sr:RequestID>
    <sr:CommandVariant>8</sr:CommandVariant>
    <sr:ServiceReference>8.4</sr:ServiceReference>
    <sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant>
  </sr:Header>
  <sr:Body>
    <sr:UpdateInventory>
      <sr:DeviceID>$STUCK</sr:DeviceID>
      <sr:UpdateDeviceStatusExceptCH>InstalledNotCommissioned</sr:UpdateDeviceStatusExceptCH>
    </sr:UpdateInventory>
  </sr:Body>
</sr:Request>
XML
  step 1 "REFUSED  E080406" check "$folder/status.xml"
  caption "What the code asks, what is inferred, and who else is needed"
  step 0 "E080406" explain E080406
}

one_thread_for_it() {
  caption "One correction for it. Who installed the device isn't held, so the DCC has to find out: nothing is guessed"
  step 1 "Opened COR-000001" submit --open "$folder/status.xml" --quiet
  step 0 "find out who installed the device" correction show COR-000001
  caption "The DCC takes it, and writes the Incident's own number beside it"
  step 0 "DCC-017 owns it" correction assign COR-000001 --owner DCC-017 --actor DCC-017
  step 0 "INC0042" correction reference COR-000001 --system dccIncident --number INC0042 \
    --actor DCC-017
  caption "The installing supplier has completed the installation; an extract of the SMI says so. It resolves by itself"
  written seen.csv <<CSV
DeviceID,DeviceType,DeviceStatus
$STUCK,ESME,InstalledNotCommissioned
CSV
  step 0 "1 row" import inventory "$folder/seen.csv"
  step 0 "resolved, the inventory was seen to hold the wanted value" correction show COR-000001
}

next_monday() {
  local monday
  monday=$(date -u -d 'next monday' +%F)
  caption "Another refusal: SUPA wants a meter point that SUPB is registered for"
  step 1 "REFUSED  E080415" check refused.xml
  caption "The customer switches: SUPA is registered for it from next Monday, $monday"
  written switch.csv <<CSV
mpxn,kind,supplier,effective_from,effective_to
2001234501019,import,SUPB,2026-01-09,$(date -u -d "$monday - 1 day" +%F)
2001234501019,import,SUPA,$monday,
CSV
  step 0 "2 rows" import registrations "$folder/switch.csv"
  caption "Today it is still refused, and says from when sending it again helps; as of Monday the same 8.4 passes"
  step 1 "REFUSED  E080415" check refused.xml
  step 0 "ACCEPTED  I99" check refused.xml --at "${monday}T12:00:00Z"
  caption "So a correction of it is nobody's turn until then, and SUPA's from then on"
  step 1 "Opened COR-000002" submit --open refused.xml --quiet
  step 0 "nobody's until" correction show COR-000002
}

tell() {
  caption "A new ledger with the examples"
  example_ledger
  a_stuck_device
  one_thread_for_it
  next_monday
}

try_next() {
  cat <<NEXT
  smi-ledger explain E080406
  smi-ledger device history $STUCK
  smi-ledger correction advise COR-000002 --xml
NEXT
}
