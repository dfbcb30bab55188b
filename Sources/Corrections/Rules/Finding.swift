/// The answer of one rule on one request, with the facts it rests on.
///
/// Codes, names and values only: sentences are made when it is shown.
public struct Finding: Hashable, Sendable {
  public let code: RuleCode
  public let answer: Answer
  /// Why, as a code.
  public let because: Reason
  public let facts: [Fact]
  /// The fact without which there is no answer.
  public let missing: FactName?
  /// Whether the rule, as applied here, goes beyond what the public documents settle.
  public let inferred: Bool
  public let retry: Retry

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
  case senderIsRegistered
  case anotherIsRegistered
  case nobodyIsRegistered
  case placeIsEmpty
  case placeNotKnown
  case registrationNotHeld
  case registrationsDisagree
  case senderNotKnown
  // Device
  case deviceNotKnown
  case fitsDeviceType
  case doesNotFitDeviceType
  case notTwinElement
  case variantNotKnown
  case statusAllows
  case statusForbids
  case statusNotKnown
  // The program
  case ruleNotBuilt
}

/// A value that a finding rests on, and where it was learned.
public struct Fact: Hashable, Sendable {
  public let name: FactName
  public let value: Value
  public let source: Source?

  public init(_ name: FactName, _ value: Value, from source: Source? = nil) {
    self.name = name
    self.value = value
    self.source = source
  }

  public enum Value: Hashable, Sendable {
    case text(String)
    case token(Token)
    case time(Instant)
  }

  /// The event that said it.
  public enum Source: Hashable, Sendable {
    case position(Int)
    /// The registration import at that position.
    case registrations(Int)
  }
}

/// The names of facts, as JSON shows them.
public enum FactName: String, CaseIterable, Hashable, Sendable {
  case deviceType
  case esmeVariant
  case status
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
  case registeredFrom
  case registeredTo
  /// Who takes over next, and from when.
  case nextSupplier
  case nextFrom
  /// The party of the originator of the request.
  case senderParty
  case sender
  case device
  case registration
  case rule
}
