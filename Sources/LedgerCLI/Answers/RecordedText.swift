import Answers
import Corrections
import Ledger
import Wire

extension RecordedAnswer {
  /// What was recorded and what followed, for people.
  var text: String {
    var lines = headline
    for flag in flags { lines.append("  odd  \(Wording.sentence(flag))") }
    lines += sentences.lines(recorded.consequences)
    for (device, flag) in deviceFlags {
      lines.append("  flag  \(device): \(wording.sentence(flag, value: wording.masked))")
    }
    if recorded.consequences.isEmpty, !recorded.repeated {
      lines.append("  Nothing that is held changes.")
    }
    lines.append(
      recorded.repeated
        ? "Recorded before, at position \(recorded.position); nothing was recorded now."
          + (recorded.contentCompared
            ? "" : " Its content was erased, so it could not be compared.")
        : "Recorded at position \(recorded.position).")
    return lines.joined(separator: "\n")
  }

  private var headline: [String] {
    switch recorded.event {
    case .serviceResponseRecorded(let event):
      let verdict =
        divergence == nil
        ? Output.verdict("RESPONSE", good: Judgement.isSuccess(event.code))
        : Output.verdict("DIVERGED", good: false)
      return [
        "\(verdict)  \(event.code)   SR \(event.serviceReferenceVariant ?? event.serviceReference ?? "?")  "
          + (event.requestID?.description ?? "no request named")
      ] + (event.deviceID.map { ["device \($0)"] } ?? [])
    case .alertRecorded(let event):
      return [
        "\(Output.verdict("ALERT", good: nil))  \(event.alertCode ?? "no code")   "
          + (event.content ?? (event.source == .device ? "from the device" : ""))
      ] + (event.deviceID.map { ["device \($0)"] } ?? [])
    default: preconditionFailure("a message is a response or an alert")
    }
  }
}
