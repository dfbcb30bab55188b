@testable import Corrections

extension DiscrepancyRule {
  /// Facts of which this rule finds something; of those of the device of the tests alone.
  var example: DiscrepancyFacts {
    let ended = row(heldMPxN, "SUPA", to: local("2026-01-01"))
    switch self {
    case .mpxnLength: return suspect(device(), "12000054321")
    case .mpxnDigits: return suspect(device(), "9900005432105")
    case .mpxnCheckDigit: return suspect(device(), "1200005432102")
    case .mpxnFuel: return suspect(device(), The.goodMPRN)
    case .mpxnTwice: return suspect(device(), others: [The.otherDevice], othersParties: ["SUPB"])
    case .meterWithoutMPxN: return suspect(device(holding: nil))
    case .secondaryMissing: return suspect(device(variant: .BD))
    case .secondaryNotTwin:
      return suspect(device(variant: .AD, in: .secondaryImportMPAN))
    case .stuckPending: return suspect(device(.esme, .pending, since: The.daysAgo(61)))
    case .stuckWhitelisted: return suspect(device(.esme, .whitelisted, since: The.daysAgo(31)))
    case .hubDecommissioned:
      return suspect().with {
        $0.hubs = [DiscrepancyFacts.Hub(id: The.hub, status: nil, isGone: true)]
      }
    case .tooManyDevices:
      return suspect().with { $0.crowd = [The.device] + The.higherDevices.prefix(17) }
    case .notRegistered: return suspect()
    case .registrationEnded: return suspect(rows: [ended])
    case .registrationsOverlap:
      return suspect(rows: [row(heldMPxN, "SUPA"), row(heldMPxN, "SUPB")])
    case .registrationKind: return suspect(rows: [row(heldMPxN, "SUPA", kind: .gas)])
    case .otherSupplierActs: return suspect(rows: [row(heldMPxN, "SUPA")]).acting("SUPC")
    case .crossedMPxNs:
      return suspect().inRing([
        .of(The.device, holds: heldMPxN, wants: wantedMPxN, parties: ["SUPA"]),
        .of(The.otherDevice, holds: wantedMPxN, wants: heldMPxN, parties: ["SUPB"]),
      ])
    case .secondSourceDiffers: return suspect().saying(wantedMPxN, .technicalDetails)
    case .differsOnDevice: return suspect().saying(wantedMPxN, .device)
    case .notOnProductList: return suspect().with { $0.product = .notListed(imported: 39) }
    }
  }
}
