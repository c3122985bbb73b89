using System.Net;
using Koinon.Rpc.Engine;

namespace Koinon.Node.Chains;

/// <summary>Where and to whom the Engine API is served.</summary>
public sealed record EngineServerOptions
{
    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 8551);

    /// <summary>Whether the node does without where the port is taken: nobody asked for this very port.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What the consensus client must know.</summary>
    public required JwtSecret Secret { get; init; }

    /// <summary>What is built and served at once.</summary>
    public EngineOptions Engine { get; init; } = new();
}
