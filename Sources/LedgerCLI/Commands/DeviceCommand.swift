import ArgumentParser

struct DeviceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device", abstract: "The SMI entry of a device, now or over time.",
    discussion: """
      Examples:
        smi-ledger device show 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format csv
      """,
    subcommands: [DeviceShow.self, DeviceHistory.self])
}
