namespace Koinon.Rpc.Requests;

/// <summary>What <c>eth_simulateV1</c> is asked: blocks on top of one another, with calls in them.</summary>
public sealed record SimulationRequest
{
    /// <summary>The blocks.</summary>
    public required IReadOnlyList<SimulationBlock> Blocks { get; init; }

    /// <summary>Whether transfers of ether are shown as logs.</summary>
    public bool TracesTransfers { get; init; }

    /// <summary>Whether nonces and fees are judged as those of transactions are.</summary>
    public bool IsValidated { get; init; }

    /// <summary>Whether transactions are shown whole, not by their hashes.</summary>
    public bool WholeTransactions { get; init; }
}
