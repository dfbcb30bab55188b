/// The SMI status of a device. Source: DUIS 5.4 schema.
public enum DeviceStatus: String, CaseIterable, Hashable, Sendable {
  case pending = "Pending"
  case whitelisted = "Whitelisted"
  case installedNotCommissioned = "InstalledNotCommissioned"
  case commissioned = "Commissioned"
  case decommissioned = "Decommissioned"
  case withdrawn = "Withdrawn"
  case suspended = "Suspended"
  case recovery = "Recovery"
  case recovered = "Recovered"
}
