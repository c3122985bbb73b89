using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State.Proofs;

namespace Koinon.Rpc.Debug;

/// <summary>
/// <c>debug_executionWitness</c>: everything that the execution of a block reads: trie nodes of its parent's state,
/// code, the addresses and slots behind their hashes, and the headers whose hashes are asked for, the oldest first.
/// </summary>
/// <remarks>
/// On a development chain whose head was edited by hand before the block was built, the nodes are those of the edited
/// state, which no header names.
/// </remarks>
/// <param name="traces">Finds blocks and runs them.</param>
public sealed class DebugExecutionWitness(TraceRunner traces) : RpcStreamMethod<BlockReference>
{
    /// <inheritdoc/>
    public override string Name => "debug_executionWitness";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["debug_executionWitnessByBlockHash"];

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference parameters, CancellationToken cancellation) => new(Open(parameters));

    private RpcResult<RpcStreamBody> Open(in BlockReference reference)
    {
        if (reference.Tag == BlockTag.Pending)
        {
            return RpcError.Server("there is no witness of the pending block: it is not built yet");
        }

        if (!traces.Calls.Reader.IsLocal)
        {
            return RpcError.Server(
                "there are no witnesses on a forked chain: its state roots stand for local changes alone");
        }

        RpcResult<ReplaySource> source = traces.Blocks.Require(reference) is { Error: null } found
            ? traces.SourceOf(found.Value!)
            : traces.Blocks.Require(reference).Error!;
        if (source.Error is not null)
        {
            return source.Error;
        }

        ulong oldest = traces.Ledger.OldestProofKept;
        return source.Value!.Parent.Number < oldest
            ? RpcError.Server($"proof window: witnesses of blocks up to {oldest} are no longer kept")
            : traces.InTurn(stream => Write(source.Value, stream));
    }

    private RpcError? Write(ReplaySource source, RpcValueStream stream)
    {
        WitnessedState seen = new(source.ParentState);
        WitnessedHashes hashes = new(new Ancestry(traces.Ledger, source.Parent), source.Parent.Number);
        if (Run(source, seen, hashes, stream.Cancellation, out StateChanges changes) is { } error)
        {
            return error;
        }

        IReadOnlyList<ReadOnlyMemory<byte>> nodes = StateWitness.Gather(source.ParentState, seen.Read, changes);
        Utf8JsonWriter json = stream.Json;
        json.WriteStartObject();
        WriteList("state", nodes, stream);
        WriteList("codes", seen.Codes, stream);
        WriteList("keys", KeysOf(seen, changes), stream);
        WriteList("headers", HeadersOf(source, hashes.Oldest), stream);
        json.WriteEndObject();
        return null;
    }

    private RpcError? Run(
        ReplaySource source,
        WitnessedState seen,
        WitnessedHashes hashes,
        CancellationToken cancellation,
        out StateChanges changes)
    {
        HeaderDraft draft = HeaderDraft.Of(source.Block.Header);
        NetworkParameters network = traces.Ledger.Genesis.Network;
        BlockEnvironment environment = BlockExecution.EnvironmentOf(
            network, source.Rules, draft, source.Author, hashes);

        // Code that is decoded already is not read again: a machine of its own reads all of it.
        using ExecutionResources resources = new();
        BlockExecution execution = new(
            new TransactionExecutor(resources),
            network,
            source.Rules,
            draft,
            environment,
            source.ParentState,
            edits: null,
            seen)
        {
            IsReplay = true,
        };
        foreach (Transaction transaction in source.Block.Transactions)
        {
            NoTracer tracer = default;
            TransactionOutcome outcome = execution.Run(transaction, ref tracer, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (outcome.Error != TransactionError.None)
            {
                changes = new StateChanges();
                return RpcError.Server($"transaction {transaction.Hash} failed: {outcome.Error}");
            }

            execution.Include(transaction, outcome);
        }

        execution.Finish(
            source.Block.Withdrawals, traces.Ledger.Consensus.RewardsOf(source.Block, source.Rules));
        execution.Commit(out changes);
        return null;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> KeysOf(WitnessedState seen, StateChanges changes)
    {
        HashSet<UInt256> slots = [];
        IReadOnlyDictionary<Address, IReadOnlySet<UInt256>> read = seen.Read;
        foreach (Address address in read.Keys.Concat(changes.Accounts.Keys).Distinct())
        {
            yield return Address.AsSpan(in address).ToArray();
            IEnumerable<UInt256> own = read.TryGetValue(address, out IReadOnlySet<UInt256>? seenSlots) ? seenSlots : [];
            IEnumerable<UInt256> changed =
                changes.Accounts.TryGetValue(address, out AccountChange? change) ? change.Slots.Keys : [];
            foreach (UInt256 slot in own.Concat(changed))
            {
                if (slots.Add(slot))
                {
                    yield return Hash256.AsSpan(Hash256.FromWord(in slot)).ToArray();
                }
            }
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> HeadersOf(ReplaySource source, ulong oldest)
    {
        // A side branch has other blocks than the canonical chain: they are found by their parents' hashes.
        Stack<ReadOnlyMemory<byte>> headers = [];
        LedgerBlock? block = source.Parent;
        while (block is not null)
        {
            headers.Push(RawEncoding.Of(block.Header));
            block = block.Number > oldest && traces.Ledger.TryGet(block.Header.ParentHash, out var parent)
                ? parent
                : null;
        }

        return headers;
    }

    private static void WriteList(string name, IEnumerable<ReadOnlyMemory<byte>> items, RpcValueStream stream)
    {
        stream.Json.WriteStartArray(name);
        foreach (ReadOnlyMemory<byte> item in items)
        {
            HexWriter.Write(stream.Json, item.Span);
            stream.FlushWhenFull();
        }

        stream.Json.WriteEndArray();
    }
}
