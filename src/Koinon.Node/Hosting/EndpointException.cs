namespace Koinon.Node.Hosting;

/// <summary>A server cannot listen where it was asked to.</summary>
/// <param name="message">Where, why, and what would do.</param>
/// <param name="reason">What the system said.</param>
public class EndpointException(string message, Exception reason) : IOException(message, reason);
