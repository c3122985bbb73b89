using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Logs;
using Koinon.Rpc.Subscriptions;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc;

/// <summary>What methods are made over: the parts of one chain, put together once.</summary>
/// <remarks>A method takes from it what it needs, by its constructor, and never keeps the whole.</remarks>
public sealed record RpcParts
{
    /// <summary>The chain.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>What waits for a block.</summary>
    public required TransactionPool Pool { get; init; }

    /// <summary>The accounts whose keys are held.</summary>
    public required IWallet Wallet { get; init; }

    /// <summary>Where transactions enter.</summary>
    public required ITransactionEntry Entry { get; init; }

    /// <summary>Finds blocks and states.</summary>
    public required BlockLookup Blocks { get; init; }

    /// <summary>Runs calls.</summary>
    public required CallRunner Calls { get; init; }

    /// <summary>Knows what fees are paid.</summary>
    public required FeeOracle Fees { get; init; }

    /// <summary>Runs what is traced; one with the default bounds where none is given.</summary>
    public TraceRunner Traces
    {
        get => field ??= new TraceRunner(Calls);
        init;
    }

    /// <summary>What the node says it is.</summary>
    public required string ClientVersion { get; init; }

    /// <summary>What callers may ask at once.</summary>
    public RpcLimits Limits { get; init; } = new();

    /// <summary>Whether blocks are shown with their total difficulty, as some old libraries want them.</summary>
    public bool ShowsTotalDifficulty { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who earns the fees of the blocks that are built here.</summary>
    public Func<Address> Beneficiary { get; init; } = static () => Address.Zero;

    /// <summary>What is counted and measured.</summary>
    public RpcMetrics Metrics { get; init; } = new();

    /// <summary>Finds logs.</summary>
    public ChainLogs Logs => field ??= new ChainLogs(Blocks, Limits, Metrics, Clock) { IsLenient = IsLogsLenient };

    /// <summary>Whether logs may be asked for of blocks that are not there: there are none.</summary>
    public bool IsLogsLenient { get; init; }

    /// <summary>Follows the chain for those who subscribed; nobody can where it is left out.</summary>
    public ChainFeed? Feed { get; init; }

    /// <summary>The filters of all callers; there are none where it is left out.</summary>
    public FilterStore? Filters { get; init; }

    /// <summary>The id that transactions are signed for.</summary>
    public ulong ChainId => (ulong)Ledger.Genesis.Network.ChainIdNow;
}
