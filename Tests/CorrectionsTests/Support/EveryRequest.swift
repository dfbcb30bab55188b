@testable import Corrections

/// One request for each place where codes are asked: the branches of SR 8.4, SR 8.2 and SR 12.2.
let everyRequest: [RequestFacts.Asks] = [
  .status(.statusExceptCH, .pending), .status(.statusCH, .commissioned),
  .details(DeviceDetails(model: "010A030B"), .listNotHeld), .delete, .mpxn(facts()),
  .query(.nothing), .prenotification(.esme),
]
