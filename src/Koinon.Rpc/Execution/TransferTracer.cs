using Koinon.Evm;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Execution;

/// <summary>
/// Gathers the logs of a run and, where asked, its transfers of ether as logs of ERC-20 transfers, in their order.
/// </summary>
/// <remarks>
/// A run's tracer is used for one run. What a failed frame did is forgotten with the frame, but its logs keep their
/// numbers, as geth has it.
/// </remarks>
internal struct TransferTracer : ITracer
{
    private readonly List<NumberedLog> _logs = [];
    private readonly Stack<int> _starts = [];
    private readonly bool _showsTransfers;
    private int _next;

    /// <summary>A tracer for one run.</summary>
    /// <param name="showsTransfers">Whether transfers of ether are shown.</param>
    /// <param name="next">The number of the first log.</param>
    public TransferTracer(bool showsTransfers, int next)
    {
        _showsTransfers = showsTransfers;
        _next = next;
    }

    /// <inheritdoc/>
    public static bool TracesSteps => false;

    /// <inheritdoc/>
    public static bool TracesFrames => true;

    /// <summary>Who seems to write the logs of transfers of ether (execution-apis).</summary>
    public static Address Ether { get; } = Address.Parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

    /// <summary>The topic of ERC-20's <c>Transfer(address,address,uint256)</c>.</summary>
    public static Hash256 TransferTopic { get; } = Hash256.Keccak("Transfer(address,address,uint256)"u8);

    /// <summary>Logs and transfers, once the run has ended.</summary>
    public readonly IReadOnlyList<NumberedLog> Logs => _logs;

    /// <summary>The number of the log after these.</summary>
    public readonly int Next => _next;

    /// <inheritdoc/>
    public readonly void OnStep(in Step step)
    {
    }

    /// <inheritdoc/>
    public readonly void OnStepEnd(long gasLeft, HaltReason halt)
    {
    }

    /// <inheritdoc/>
    public void OnFrameStart(in FrameStart start)
    {
        _starts.Push(_logs.Count);

        // CALLCODE moves ether from an account to itself, DELEGATECALL moves none.
        if (start.Kind is FrameKind.Call or FrameKind.Create or FrameKind.Create2)
        {
            AddTransfer(start.From, start.To, start.Value);
        }
    }

    /// <inheritdoc/>
    public readonly void OnFrameEnd(in FrameEnd end)
    {
        int first = _starts.Pop();
        if (end.Halt != HaltReason.None)
        {
            _logs.RemoveRange(first, _logs.Count - first);
        }
    }

    /// <inheritdoc/>
    public void OnLog(in Address address, ReadOnlySpan<Hash256> topics, ReadOnlySpan<byte> data) =>
        Add(new Log(address, topics.ToArray(), data.ToArray()));

    /// <inheritdoc/>
    public void OnSelfDestruct(in Address contract, in Address beneficiary, in UInt256 balance) =>
        AddTransfer(contract, beneficiary, balance);

    private void AddTransfer(in Address from, in Address to, in UInt256 value)
    {
        if (_showsTransfers && !value.IsZero)
        {
            byte[] data = new byte[UInt256.Size];
            value.WriteBigEndian(data);
            Add(new Log(Ether, [TransferTopic, TopicOf(from), TopicOf(to)], data));
        }
    }

    private void Add(Log log) => _logs.Add(new NumberedLog(log, _next++));

    private static Hash256 TopicOf(in Address address) =>
        Hash256.FromWord(UInt256.FromBigEndian(Address.AsSpan(in address)));
}
