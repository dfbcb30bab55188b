/// The rules by which `reconcile` looks for errors that nobody has reported, one file each in
/// `Discrepancies/Rules`.
///
/// A name, once stored, stays for ever; the order is that of asking and of tables.
public enum DiscrepancyRule: String, CaseIterable, Hashable, Sendable {
  // The digits
  /// A meter point of a length that none has.
  case mpxnLength
  /// Digits that name no distributor, or are all the same.
  case mpxnDigits
  /// Check digits that don't agree with the others.
  case mpxnCheckDigit
  /// An MPRN on an electricity meter, or an MPAN on a gas meter.
  case mpxnFuel
  // The inventory alone
  /// One meter point in the places of two devices.
  case mpxnTwice
  /// A commissioned meter without a meter point.
  case meterWithoutMPxN
  /// A twin-element meter without its second meter point.
  case secondaryMissing
  /// A second meter point on a meter without a second element.
  case secondaryNotTwin
  /// Pending for longer than an installation takes.
  case stuckPending
  /// Whitelisted for longer than an installation takes.
  case stuckWhitelisted
  /// A device whose every hub is gone.
  case hubDecommissioned
  /// More devices at one place than the SMI answers for.
  case tooManyDevices
  // Registrations
  /// A meter point that the registrations never named.
  case notRegistered
  /// A meter point whose registrations have all ended.
  case registrationEnded
  /// Two suppliers registered for one meter point at one time.
  case registrationsOverlap
  /// A meter point that is registered as another kind than its place.
  case registrationKind
  /// Another party acts on the device than is registered.
  case otherSupplierActs
  // Second sources
  /// Devices that hold each other's meter points.
  case crossedMPxNs
  /// Meter technical details that name another meter point.
  case secondSourceDiffers
  /// The device itself says something else.
  case differsOnDevice
  // Products
  /// A device that no products list in force names.
  case notOnProductList
}

/// How sure a rule is that the SMI is wrong.
public enum Confidence: String, CaseIterable, Hashable, Sendable {
  /// No meter can be as the SMI says.
  case certain
  /// Something is wrong, in the SMI or in what contradicts it.
  case likely
  /// It may well be right, and is worth a look.
  case possible
}
