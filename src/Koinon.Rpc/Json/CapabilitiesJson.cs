using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>What <c>eth_capabilities</c> answers: for each kind of data the oldest block it is kept of.</summary>
public sealed record CapabilitiesJson
{
    /// <summary>The newest block.</summary>
    public required HeadJson Head { get; init; }

    /// <summary>States.</summary>
    public required CapabilityJson State { get; init; }

    /// <summary>Transactions by their hashes.</summary>
    public required CapabilityJson Tx { get; init; }

    /// <summary>Logs.</summary>
    public required CapabilityJson Logs { get; init; }

    /// <summary>Receipts.</summary>
    public required CapabilityJson Receipts { get; init; }

    /// <summary>Headers and bodies.</summary>
    public required CapabilityJson Blocks { get; init; }

    /// <summary>Proofs of the state.</summary>
    [JsonPropertyName("stateproofs")]
    public required CapabilityJson StateProofs { get; init; }
}
