"""DUIS requests, responses and alerts, and decoded answers of devices: one file each, in folders by command."""
import os

from values import day

BROKER = "5E-EE-FF-FF-00-00-00-02"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DUIS = 'xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"'
MMC = 'xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" schemaVersion="5.4"'
CREDENTIALS = ("<sr:SupplierFloorSeqNumber>1</sr:SupplierFloorSeqNumber>"
               "<sr:SupplierReplacementCertificates><sr:DigitalSigningCertificate>AAAA</sr:DigitalSigningCertificate>"
               "</sr:SupplierReplacementCertificates>"
               "<sr:CertificationPathCertificates><sr:Certificate>AAAA</sr:Certificate>"
               "</sr:CertificationPathCertificates><sr:ApplyTimeBasedCPVChecks>false</sr:ApplyTimeBasedCPVChecks>")


class Messages:
    """Writes them into `requests` (for `submit`) and `answers` (for `record`)."""

    def __init__(self, folder):
        self.folder, self.counter = folder, 0
        for name in ("requests", "answers"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)

    def write(self, name, text):
        with open(os.path.join(self.folder, name, f"{self.counter:06d}.xml"), "w", encoding="utf-8") as file:
            file.write(HEAD + text + "\n")

    def request(self, user, device, variant, command_variant, body, on, code):
        """A request to a device, and what came back for it."""
        self.counter += 1
        identity = f"{user}:{device}:{self.counter}"
        reference = ".".join(variant.split(".")[:2])
        names = (f"<sr:ServiceReference>{reference}</sr:ServiceReference>"
                 f"<sr:ServiceReferenceVariant>{variant}</sr:ServiceReferenceVariant>")
        self.write("requests", (
            f"<sr:Request {DUIS}><sr:Header><sr:RequestID>{identity}</sr:RequestID>"
            f"<sr:CommandVariant>{command_variant}</sr:CommandVariant>{names}</sr:Header>"
            f"<sr:Body>{body}</sr:Body></sr:Request>"))
        full = f"<sr:ResponseID>{device}:{user}:{self.counter}</sr:ResponseID>" if code == "I0" else ""
        self.write("answers", (
            f"<sr:Response {DUIS}><sr:Header><sr:RequestID>{identity}</sr:RequestID>{full}"
            f"<sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>{day(on)}T09:30:00.000Z"
            f"</sr:ResponseDateTime></sr:Header><sr:Body><sr:ResponseMessage>{names}</sr:ResponseMessage></sr:Body>"
            "</sr:Response>"))

    def supplier_change(self, user, device, mpxn, on, code="I0"):
        """SR 6.23: the device passes to the supplier that asks for it."""
        self.request(user, device, "6.23", 1, (
            f"<sr:UpdateSecurityCredentialsCoS>{CREDENTIALS}<sr:ImportMPxN>{mpxn}</sr:ImportMPxN>"
            "</sr:UpdateSecurityCredentialsCoS>"), on, code)

    def commissioning(self, user, device, on):
        """SR 8.1.1: the meter is commissioned by who asks for it."""
        self.request(user, device, "8.1.1", 4, (
            f"<sr:CommissionDeviceSynchroniseClock><sr:CurrentDateTime>{day(on)}T09:29:00Z</sr:CurrentDateTime>"
            "<sr:TolerancePeriod>10</sr:TolerancePeriod></sr:CommissionDeviceSynchroniseClock>"), on, "I0")

    def removal(self, user, device, on):
        """The alert of the DCC that a device is no longer in the inventory."""
        self.counter += 1
        self.write("answers", (
            f"<sr:Response {DUIS}><sr:Header><sr:ResponseID>{BROKER}:{user}:{self.counter}</sr:ResponseID>"
            f"<sr:ResponseCode>I0</sr:ResponseCode><sr:ResponseDateTime>{day(on)}T10:00:00.000Z</sr:ResponseDateTime>"
            "</sr:Header><sr:Body><sr:DCCAlertMessage><sr:DCCAlertCode>N1</sr:DCCAlertCode><sr:DCCAlert>"
            f"<sr:DeviceStatusChangeEvent><sr:DeviceID>{device}</sr:DeviceID><sr:DeviceStatusChange>"
            "<sr:DeviceRemovedFromInventory/></sr:DeviceStatusChange></sr:DeviceStatusChangeEvent></sr:DCCAlert>"
            "</sr:DCCAlertMessage></sr:Body></sr:Response>"))

    def decoded(self, user, device, variant, answer, on):
        self.counter += 1
        reference = ".".join(variant.split(".")[:2])
        self.write("answers", (
            f"<ra:GBCSResponse {MMC}><ra:Header><ra:BusinessOriginatorID>{device}</ra:BusinessOriginatorID>"
            f"<ra:BusinessTargetID>{user}</ra:BusinessTargetID><ra:OriginatorCounter>{self.counter}"
            f"</ra:OriginatorCounter><ra:ServiceReference>{reference}</ra:ServiceReference>"
            f"<ra:ServiceReferenceVariant>{variant}</ra:ServiceReferenceVariant><ra:Timestamp>{day(on)}T11:00:00Z"
            f"</ra:Timestamp></ra:Header><ra:Body><ra:ResponseMessage><ra:SMETSData>{answer}</ra:SMETSData>"
            "</ra:ResponseMessage></ra:Body></ra:GBCSResponse>"))

    def held(self, user, device, on, imp=None, sec=None, exp=None, gas=None):
        """The answer to SR 6.2.7: what a meter itself holds; None is a place that it doesn't tell of."""
        places = (("MPRN", gas),) if gas is not None else (
            ("ImportMPAN", imp), ("SecondaryImportMPAN", sec), ("ExportMPAN", exp))
        content = "".join(f"<ra:{name}>{value}</ra:{name}>" for name, value in places if value is not None)
        fuel = "Gas" if gas is not None else "Electricity"
        self.decoded(user, device, "6.2.7", (
            f'<ra:ReadDeviceConfigurationMPxNRsp MessageSuccess="true"><ra:{fuel}>{content}</ra:{fuel}>'
            "</ra:ReadDeviceConfigurationMPxNRsp>"), on)

    def firmware(self, user, device, version, on):
        """The answer to SR 11.2: the firmware that a device runs."""
        self.decoded(user, device, "11.2", (
            f'<ra:ReadFirmwareVersionRsp MessageSuccess="true"><ra:FirmwareVersion>{version}</ra:FirmwareVersion>'
            "</ra:ReadFirmwareVersionRsp>"), on)
