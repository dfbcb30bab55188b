/// The SMI status of a device.
///
/// Source: DUIS 5.4 schema for the names. What leads from one to another is remembered, not
/// confirmed, so no step is refused.
public enum DeviceStatus: String, CaseIterable, Hashable, Sendable {
  /// Pre-notified, and not yet installed.
  case pending = "Pending"
  /// On the whitelist of a Communications Hub.
  case whitelisted = "Whitelisted"
  /// Installed, and not yet commissioned.
  case installedNotCommissioned = "InstalledNotCommissioned"
  /// Commissioned, and not since decommissioned or suspended.
  case commissioned = "Commissioned"
  /// Taken out of use.
  case decommissioned = "Decommissioned"
  /// Set so by SR 8.4, or opted out [remembered].
  case withdrawn = "Withdrawn"
  /// Its model is no longer on the Certified Products List [remembered].
  case suspended = "Suspended"
  /// Its security credentials are being recovered.
  case recovery = "Recovery"
  /// Its security credentials have been recovered.
  case recovered = "Recovered"
}
