using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;

namespace Koinon.Rpc.Engine;

/// <summary>The build processes of late, by their ids.</summary>
/// <remarks>Safe from any thread.</remarks>
/// <param name="ledger">The chain.</param>
/// <param name="pool">Where transactions come from.</param>
/// <param name="options">What blocks are to be like.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class PayloadBuilds(Ledger ledger, TransactionPool pool, EngineOptions options, TimeProvider clock)
    : IDisposable
{
    private const int Max = 16;
    private const int IdBytes = 8;

    private readonly BlockBuilder _builder = new(ledger);
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, PayloadBuild> _builds = [];
    private readonly Queue<ulong> _order = [];

    /// <summary>Begins a process, where there is none with the same parent and attributes.</summary>
    /// <returns>Its id of 8 bytes; <see langword="null"/> where no block can be built.</returns>
    public byte[]? Begin(LedgerBlock parent, PayloadAttributes attributes)
    {
        byte[] id = IdOf(parent.Hash, attributes);
        ulong key = BinaryPrimitives.ReadUInt64BigEndian(id);
        lock (_gate)
        {
            if (_builds.ContainsKey(key))
            {
                return id;
            }
        }

        if (PayloadBuild.Begin(
            _builder, pool, parent, RequestOf(attributes, options), clock) is not { } build)
        {
            return null;
        }

        lock (_gate)
        {
            if (!_builds.TryAdd(key, build))
            {
                build.Dispose();
                return id;
            }

            _order.Enqueue(key);
            while (_order.Count > Max && _builds.Remove(_order.Dequeue(), out PayloadBuild? oldest))
            {
                oldest.Dispose();
            }
        }

        return id;
    }

    /// <summary>Ends a process and gives what it built.</summary>
    public bool TryFinish(ReadOnlySpan<byte> id, [NotNullWhen(true)] out BuiltPayload? payload)
    {
        PayloadBuild? build = null;
        if (id.Length == IdBytes)
        {
            lock (_gate)
            {
                _builds.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(id), out build);
            }
        }

        payload = build?.Finish();
        return payload is not null;
    }

    /// <summary>What a block is to be like that a consensus client asks for.</summary>
    public static BuildRequest RequestOf(PayloadAttributes attributes, EngineOptions options) => new()
    {
        Beneficiary = attributes.FeeRecipient,
        Timestamp = attributes.Timestamp,
        IsTimestampExact = true,
        GasLimitTarget = options.GasLimitTarget,
        ExtraData = options.ExtraData,
        PrevRandao = attributes.PrevRandao,
        ParentBeaconBlockRoot = attributes.ParentBeaconBlockRoot ?? Hash256.Zero,
        Withdrawals = attributes.Withdrawals ?? [],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (PayloadBuild build in _builds.Values)
            {
                build.Dispose();
            }

            _builds.Clear();
        }
    }

    // Equal attributes on one parent are one process.
    private static byte[] IdOf(in Hash256 parent, PayloadAttributes attributes)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        int list = writer.BeginList();
        writer.Write(parent);
        writer.Write(attributes.Timestamp);
        writer.Write(attributes.PrevRandao);
        writer.Write(attributes.FeeRecipient);
        writer.Write(attributes.ParentBeaconBlockRoot ?? Hash256.Zero);
        int withdrawals = writer.BeginList();
        foreach (Withdrawal withdrawal in attributes.Withdrawals ?? [])
        {
            withdrawal.EncodeTo(ref writer);
        }

        writer.EndList(withdrawals);
        writer.EndList(list);
        Hash256 hash = Hash256.Keccak(writer.Written);
        writer.Dispose();
        return Hash256.AsSpan(in hash)[..IdBytes].ToArray();
    }
}
