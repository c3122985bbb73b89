using System.Net;

namespace Koinon.Node.Hosting;

/// <summary>The port is not free.</summary>
/// <param name="endpoint">The address and port that were asked for.</param>
/// <param name="reason">What the system said.</param>
public sealed class EndpointTakenException(IPEndPoint endpoint, Exception reason) : EndpointException(
    $"{endpoint} is in use by another program; choose another port, or port 0 for any free one.", reason)
{
    /// <summary>The address and port that were asked for.</summary>
    public IPEndPoint Endpoint => endpoint;
}
