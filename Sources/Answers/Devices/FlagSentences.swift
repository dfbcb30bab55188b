package import Corrections
import Ledger
package import Wire

extension Wording {
  /// A flag in a sentence; `value` shows a meter point, whole where it may be seen.
  package func sentence(_ flag: DeviceFlag, value: (Token?) -> String) -> String {
    switch flag {
    case .transitionNotInTable(let from, let to, _):
      "\(to.rawValue) came after \(from.rawValue): no known message leads there [remembered table]"
    case .statusOfType2(let status, _):
      "\(status.rawValue), though a Type 2 device has no SMI status"
    case .mpxnDiffersOnDevice(let field, let smi, let device, _):
      "\(field.rawValue): the SMI holds \(value(smi.mpxn)), the device "
        + value(device.mpxn)
    case .firmwareDiffersOnDevice(let smi, let device, _):
      "firmware: the SMI says \(Shown.visible(smi)), the device runs \(Shown.visible(device))"
    case .responseDiverged(let predicted, let returned, _):
      "\(returned) came back where \(predicted) was predicted"
    }
  }
}
