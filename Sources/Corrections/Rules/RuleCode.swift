/// The codes that a request judged here can be refused with: general ones, and the complete sets of
/// SR 8.2 and 8.4 in the DUIS 5.4 schema.
public enum RuleCode: String, CaseIterable, Hashable, Sendable {
  // General, asked before those of SR 8.4
  /// The user and its role.
  case e1 = "E1"
  /// The role and the Service Reference.
  case e2 = "E2"
  /// The status of the user.
  case e3 = "E3"
  /// The user and the device, at the required time.
  case e4 = "E4"
  /// The SMI status and the Service Reference.
  case e5 = "E5"
  /// The device type and the Service Reference.
  case e11 = "E11"
  /// The Command Variant.
  case e12 = "E12"
  /// The device.
  case e19 = "E19"
  // SR 8.2
  /// The request finds one premises.
  case e080201 = "E080201"
  /// The premises have devices.
  case e080202 = "E080202"
  // SR 8.4
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

  /// The question that is published for the code, in own words; nil where none is public.
  ///
  /// Source: the public table of general response codes for those of one or two digits, a public
  /// client of SR 8.2 for its two, DP213 for those of SR 8.4.
  public var question: String? {
    switch self {
    case .e1: "Do the user and its role belong together?"
    case .e2: "May the user's role send this Service Reference?"
    case .e3: "Does the status of the user allow it?"
    case .e4: "Is the user, in its role, authorised for the device at the required time?"
    case .e5: "Is the SMI status of the device compatible with the Service Reference?"
    case .e11: "Is the Service Reference valid for this type of device?"
    case .e12: "Is the Command Variant valid for the request?"
    case .e19: "Does the device exist?"
    case .e080201: "Does the request identify one premises?"
    case .e080202: "Do the premises contain devices?"
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

  /// Whether what the code asks is public; what is not blocks nothing, since it can't be judged.
  public var isPublished: Bool { question != nil }

  /// Whether it is asked of any service, rather than of SR 8.2 or 8.4 alone.
  public var isGeneral: Bool {
    switch self {
    case .e1, .e2, .e3, .e4, .e5, .e11, .e12, .e19: true
    case .e080201, .e080202, .e080405, .e080406, .e080407, .e080408, .e080409, .e080410, .e080411,
      .e080412, .e080413, .e080414, .e080415:
      false
    }
  }
}
