using Koinon.Chain.Pool;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Chains;

/// <summary>What a node is to be like.</summary>
public sealed record ChainNodeOptions
{
    /// <summary>Its chain.</summary>
    public required ChainOptions Chain { get; init; }

    /// <summary>Where and to whom JSON-RPC is served.</summary>
    public RpcServerOptions Server { get; init; } = new();

    /// <summary>What callers may ask at once.</summary>
    public RpcLimits Limits { get; init; } = new();

    /// <summary>Whether blocks are shown with their total difficulty, as some old libraries want them.</summary>
    public bool ShowsTotalDifficulty { get; init; }

    /// <summary>What may wait.</summary>
    public PoolOptions Pool { get; init; } = new();

    /// <summary>What is demanded of transactions sent by JSON-RPC: at most geth's one ether, a chain id.</summary>
    public AdmissionTerms Terms { get; init; } = new()
    {
        FeeMax = 1_000_000_000_000_000_000u,
        RequiresReplayProtection = true,
    };

    /// <summary>Where and to whom the Engine API is served; nowhere where it is left out.</summary>
    public EngineServerOptions? Engine { get; init; }

    /// <summary>What the node says it is.</summary>
    public required string ClientVersion { get; init; }
}
