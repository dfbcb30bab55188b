/// The answer of one rule on one request, with the facts it rests on.
///
/// Codes, names and values only: sentences are made when it is shown.
public struct Finding: Hashable, Sendable {
  /// The rule that was applied.
  public let code: RuleCode
  /// What it says.
  public let answer: Answer
  /// Why, as a code.
  public let because: Reason
  /// What it rests on, in the order in which the rule looked.
  public let facts: [Fact]
  /// The fact without which there is no answer.
  public let missing: FactName?
  /// Whether the rule, as applied here, goes beyond what the public documents settle.
  public let inferred: Bool
  /// Whether sending the same request again can help.
  public let retry: Retry

  /// Makes a finding; what is left out is no fact, nothing missing, nothing inferred, no retry.
  public init(
    code: RuleCode, answer: Answer, because: Reason, facts: [Fact] = [], missing: FactName? = nil,
    inferred: Bool = false, retry: Retry = .no
  ) {
    self.code = code
    self.answer = answer
    self.because = because
    self.facts = facts
    self.missing = missing
    self.inferred = inferred
    self.retry = retry
  }

  /// Holds, fails, or cannot be settled from what is held.
  public enum Answer: String, CaseIterable, Hashable, Sendable { case holds, fails, unknown }

  /// Whether sending the same request again can end differently, all else unchanged.
  public enum Retry: Hashable, Sendable {
    /// It ends as it did.
    case no
    /// From that moment on.
    case from(Instant)
    /// When the missing fact is there.
    case onceKnown
  }
}

/// Why a rule answers as it does.
public enum Reason: String, CaseIterable, Hashable, Sendable {
  // Registered Supplier
  /// The sender's party is the Registered Supplier.
  case senderIsRegistered
  /// Another party is.
  case anotherIsRegistered
  /// Rows are held, and none is in force.
  case nobodyIsRegistered
  /// The place was seen to hold no meter point, so nobody needs to be asked.
  case placeIsEmpty
  /// Nothing has been said of the place.
  case placeNotKnown
  /// The meter point in the place was erased, so its registrations can't be followed.
  case heldWasErased
  /// No row for the meter point is held.
  case registrationNotHeld
  /// Two suppliers have the same latest start.
  case registrationsDisagree
  /// The originator is not among the users held.
  case senderNotKnown
  /// The user is suspended or withdrawn.
  case senderNotActive
  // Device
  /// The ledger does not hold the device.
  case deviceNotKnown
  /// The place belongs on a device of this type.
  case fitsDeviceType
  /// The place does not belong on a device of this type.
  case doesNotFitDeviceType
  /// An ESME, but not one with a second element.
  case notTwinElement
  /// An ESME whose variant nobody has said.
  case variantNotKnown
  /// The status is one that allows the change.
  case statusAllows
  /// The status is another one.
  case statusForbids
  /// Nobody has said the status, or the device is of a type that has none.
  case statusNotKnown
  // Sender
  /// The user is registered in a role of a DUIS user.
  case senderHasRole
  /// It is registered, and in no such role.
  case senderHasNoRole
  /// A role of the user may send the Service Reference.
  case roleMaySend
  /// None of its roles may.
  case roleMayNotSend
  /// The user is active.
  case senderActive
  /// The user is an import or a gas supplier.
  case supplierRole
  /// The user is neither.
  case noSupplierRole
  /// The sender is the very user that pre-notified the device.
  case senderPrenotified
  /// Another user pre-notified it.
  case anotherPrenotified
  /// Nobody has said who pre-notified it.
  case prenotifierNotKnown
  /// The sender's party installed the device.
  case senderInstalled
  /// Another party did.
  case anotherInstalled
  /// No answer to an installation request is held.
  case installationNotHeld
  // Request
  /// The Command Variant is the one of such requests.
  case commandVariantFits
  /// It is another one.
  case commandVariantDoesNotFit
  /// At least one detail is given.
  case detailsGiven
  /// No detail is given.
  case noDetailsGiven
  /// Devices of this type can have the status.
  case statusFitsDeviceType
  /// Devices of this type can't have the status.
  case statusDoesNotFitDeviceType
  // State of the entry
  /// The SMI holds the device.
  case deviceInSMI
  /// It has a status, and is not Pending.
  case hasStatus
  /// It is Pending.
  case devicePending
  /// It has a status, and is not Pending, where it must be.
  case deviceNotPending
  // Products
  /// The resulting device is listed, and in force.
  case productListed
  /// The lists held do not name it.
  case productNotListed
  /// It is listed, and not in force at that time.
  case productNotInForce
  /// No products list is held.
  case productsNotHeld
  /// What the resulting device would be isn't known in full.
  case detailsNotKnown
  // Query
  /// What was asked for is of one premises.
  case onePremises
  /// It is of more than one, or of none that an answer can hold.
  case notOnePremises
  /// It matches devices.
  case devicesFound
  /// It matches nothing that is held.
  case nothingFound
  // The program
  /// What the code asks is not public.
  case notPublished
  /// The rulebook of then had no rule for the code.
  case ruleNotBuilt
}

/// A value that a finding rests on, and where it was learned.
public struct Fact: Hashable, Sendable {
  /// What the value is.
  public let name: FactName
  /// The value, as it was when the rule looked.
  public let value: Value
  /// Where it was learned; nil for what the request itself says.
  public let source: Source?

  /// Makes a fact of its parts.
  public init(_ name: FactName, _ value: Value, from source: Source? = nil) {
    self.name = name
    self.value = value
    self.source = source
  }

  /// What a fact can be: never a personal value in clear.
  public enum Value: Hashable, Sendable {
    /// A code: a status, a type, a party.
    case text(String)
    /// The stand-in for a meter point.
    case token(Token)
    /// A moment.
    case time(Instant)
  }

  /// The event that said it.
  public enum Source: Hashable, Sendable {
    /// The event at that position.
    case position(Int)
    /// The registration import at that position.
    case registrations(Int)
  }
}

/// The names of facts, as JSON shows them.
public enum FactName: String, CaseIterable, Hashable, Sendable {
  /// The type of the device.
  case deviceType
  /// The variant of an ESME.
  case esmeVariant
  /// The SMI status.
  case status
  /// From when the status applies, where that is known exactly.
  case statusSince
  /// The MPxN now in the field.
  case heldMPxN
  /// The field that was seen to hold no MPxN.
  case emptyPlace
  /// The MPxN asked for.
  case wantedMPxN
  /// The market participant id that registration data names.
  case registeredSupplier
  /// The party of that id.
  case registeredParty
  /// From when the supplier is registered.
  case registeredFrom
  /// The first moment at which it no longer is.
  case registeredTo
  /// Who takes over next, and from when.
  case nextSupplier
  /// The party of that id, where a user acts for it.
  case nextParty
  /// From when the next supplier is registered.
  case nextFrom
  /// The party of the originator of the request.
  case senderParty
  /// A role of the originator.
  case senderRole
  /// Whether the originator may act.
  case senderStatus
  /// The Command Variant of the request.
  case commandVariant
  /// The status asked for.
  case wantedStatus
  /// The User ID that pre-notified the device.
  case prenotifiedBy
  /// The party of that user.
  case prenotifierParty
  /// The User ID whose installation of the device succeeded.
  case installedBy
  /// The party of that user.
  case installerParty
  /// The manufacturer, as the products list names it.
  case manufacturer
  /// The model, as the products list names it.
  case model
  /// The firmware version, as the products list names it.
  case firmwareVersion
  /// How the product stands on the list.
  case productStatus
  /// From when the product is listed.
  case listedFrom
  /// The first moment at which it no longer is.
  case listedTo
  /// The installation of the device, where none is held.
  case installation
  /// The products list.
  case products
  /// How many premises or devices a query matches.
  case found
  /// The originator of the request, where it is not among the users held.
  case sender
  /// The device, where the ledger does not hold it.
  case device
  /// A registration, where none or no single one is held.
  case registration
  /// The rule itself, where none is public or this version has none.
  case rule
  // Discrepancies
  /// How many digits an MPxN has.
  case digits
  /// Another device that the discrepancy is about.
  case otherDevice
  /// The MPxN that the device itself says.
  case mpxnOnDevice
  /// The MPxN that meter technical details name for the device.
  case mpxnInTechnicalDetails
  /// The firmware version that the device itself says.
  case firmwareOnDevice
  /// The kind that an MPxN is registered as.
  case registrationKind
  /// The party that acts on the device.
  case actingParty
  /// Since when it does.
  case actingSince
  /// A hub that the device is joined with.
  case hub
  /// The status of that hub; absent of one that was removed.
  case hubStatus
}
