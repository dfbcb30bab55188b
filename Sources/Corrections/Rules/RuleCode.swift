/// The codes that SR 8.4 can be refused with: the complete set in the DUIS 5.4 schema.
public enum RuleCode: String, CaseIterable, Hashable, Sendable {
  /// Branch `statusExceptCH`: the status and the device type.
  case e080405 = "E080405"
  /// Branches `statusExceptCH` and `statusCH`: the device and its status.
  case e080406 = "E080406"
  /// Branches `details` and `delete`: the device is Pending.
  case e080407 = "E080407"
  /// Branch `details`: at least one is given.
  case e080408 = "E080408"
  /// Branch `details`: the resulting device is a certified product.
  case e080409 = "E080409"
  /// All branches: the user is authorised.
  case e080410 = "E080410"
  /// In the schema only; that it belongs to `statusCH` is inferred.
  case e080411 = "E080411"
  /// In the schema only; that it belongs to `statusCH` is inferred.
  case e080412 = "E080412"
  /// Branch `mpxn`: the place and the device type.
  case e080413 = "E080413"
  /// Branch `mpxn`: the device's status.
  case e080414 = "E080414"
  /// Branch `mpxn`: the new Registered Supplier.
  case e080415 = "E080415"

  /// The question that DP213 publishes for the code, in own words; nil where none is public.
  public var question: String? {
    switch self {
    case .e080405: "Is the requested status applicable to the device type?"
    case .e080406: "Does the device exist in the SMI and have a valid status (status update)?"
    case .e080407: "Does the device exist in the SMI and is it Pending (details, delete)?"
    case .e080408: "Does the request include details to be updated?"
    case .e080409: "Is the resulting device on the Certified Products List?"
    case .e080410: "Is the user authorised to execute the request?"
    case .e080411, .e080412: nil
    case .e080413: "Is the MPxN appropriate for the device type?"
    case .e080414: "Does the device have a status that allows an MPxN update?"
    case .e080415: "Is the user the Registered Supplier of the new MPxN?"
    }
  }
}
