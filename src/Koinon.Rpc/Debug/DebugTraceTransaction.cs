using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceTransaction</c>: runs a transaction of the chain again and shows its calls.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class DebugTraceTransaction(BlockLookup blocks)
    : RpcQuery<(Hash256 Hash, TraceRequest? Request), CallFrameJson>
{
    private const string CallTracerName = "callTracer";

    /// <inheritdoc/>
    public override string Name => "debug_traceTransaction";

    /// <inheritdoc/>
    protected override (Hash256 Hash, TraceRequest? Request) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Optional(TraceRequestReader.Read));

    /// <inheritdoc/>
    protected override RpcResult<CallFrameJson> Answer((Hash256 Hash, TraceRequest? Request) parameters)
    {
        if (parameters.Request is not { Tracer: CallTracerName } request)
        {
            string asked = parameters.Request?.Tracer ?? "the struct logger";
            return RpcError.InvalidParameters($"tracer not found: {asked} is not served, {CallTracerName} is");
        }

        Ledger ledger = blocks.Ledger;
        if (!ledger.TryGetTransaction(parameters.Hash, out LedgerTransaction found))
        {
            return RpcError.Server("transaction not found");
        }

        return ledger.TryGet(found.Block.Header.ParentHash, out LedgerBlock? parent) && parent.State is not null
            ? Trace(found, parent, request)
            : RpcError.Server($"missing state: that of block {found.Block.Number - 1} is no longer kept");
    }

    /// <summary>Runs the block up to the transaction as it ran, then the transaction with a tracer.</summary>
    private CallFrameJson Trace(in LedgerTransaction found, LedgerBlock parent, TraceRequest request)
    {
        Ledger ledger = blocks.Ledger;
        LedgerBlock block = found.Block;
        TransactionExecutor executor = ledger.Executor.Transactions;
        BlockExecution execution = new(
            executor,
            ledger.Genesis.Network,
            block.Rules,
            HeaderDraft.Of(block.Header),
            block.Sealed.Author,
            parent.State!,
            new Ancestry(ledger, parent));
        for (int index = 0; index < found.Index; index++)
        {
            execution.Execute(block.Block.Transactions[index]);
        }

        Transaction transaction = found.Transaction;
        transaction.TryGetSender(out Address sender);
        CallTracer tracer = new(request.OnlyTopCall);
        FrameTracer run = new(tracer);
        TransactionOutcome outcome = executor.Execute(
            block.Rules.Fork,
            execution.Environment,
            execution.State,
            transaction,
            sender,
            ExecutionLimits.None,
            ref run);
        return CallFrameJson.Of(tracer.Root!, request.WithLog) with
        {
            Gas = transaction.GasLimit,
            GasUsed = outcome.GasUsed,
        };
    }
}
