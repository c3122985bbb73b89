using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_simulateV1</c>: builds blocks of calls on top of a block, each on the one before, and shows what came of
/// them.
/// </summary>
/// <param name="calls">Knows the chain and the bounds.</param>
public sealed class EthSimulateV1(CallRunner calls)
    : RpcMethod<(SimulationRequest Request, BlockReference Block), IReadOnlyList<SimulatedBlockJson>>
{
    /// <inheritdoc/>
    public override string Name => "eth_simulateV1";

    /// <inheritdoc/>
    protected override (SimulationRequest Request, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Required(SimulationReader.Read), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<IReadOnlyList<SimulatedBlockJson>>> RunAsync(
        (SimulationRequest Request, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> found = calls.Find(parameters.Block);
        if (found.Error is not null || found.Value!.State is not { } state)
        {
            return found.Error ?? calls.Blocks.StateGone(found.Value!);
        }

        using CallDeadline deadline = calls.StartDeadline(cancellation);
        Simulator simulator = new(calls, found.Value!, parameters.Request, deadline);
        RpcResult<IReadOnlyList<SimulatedBlock>> blocks = await simulator.RunAsync(state).ConfigureAwait(false);
        return blocks.Error is null
            ? new RpcResult<IReadOnlyList<SimulatedBlockJson>>(
                [.. blocks.Value!.Select(block => ShapeOf(block, parameters.Request.WholeTransactions))])
            : blocks.Error;
    }

    private SimulatedBlockJson ShapeOf(SimulatedBlock simulated, bool wholeTransactions)
    {
        LedgerBlock block = simulated.Block;
        BlockJson shape = BlockJson.Of(block, calls.Blocks.Ledger.Consensus.HashOf, wholeTransactions);
        if (shape.Transactions.Whole is { } whole)
        {
            // Nobody signed them: the sender is known from the call alone.
            shape = shape with
            {
                Transactions = new TransactionList(
                    null,
                    [.. whole.Select((transaction, index) => transaction with { From = simulated.Senders[index] })]),
            };
        }

        List<SimulatedCallJson> shapes = new(simulated.Calls.Count);
        for (int index = 0; index < simulated.Calls.Count; index++)
        {
            shapes.Add(ShapeOf(simulated, index));
        }

        return new SimulatedBlockJson(shape, shapes);
    }

    private static SimulatedCallJson ShapeOf(SimulatedBlock simulated, int index)
    {
        TransactionOutcome outcome = simulated.Calls[index];
        Hash256 hash = simulated.Block.Block.Transactions[index].Hash;
        BlockPosition position = new(simulated.Block.Sealed, index);
        return new SimulatedCallJson
        {
            // What a revert returned stands in the error alone.
            ReturnData = outcome.Succeeded ? outcome.ReturnData : default,
            Logs = [.. simulated.Logs[index].Select(log => LogJson.Of(log.Log, position, hash, log.Index))],
            GasUsed = outcome.GasUsed,
            MaxUsedGas = outcome.GasPeak,
            Status = outcome.Succeeded ? 1ul : 0ul,
            Error = outcome.Succeeded ? null : ErrorOf(outcome),
        };
    }

    private static CallErrorJson ErrorOf(TransactionOutcome outcome)
    {
        RpcError error = ExecutionErrors.ErrorOf(outcome);
        return outcome.Halt == HaltReason.Reverted
            ? new CallErrorJson(error.Code, error.Message, outcome.ReturnData)
            : new CallErrorJson(SimulationErrors.HaltedCall, error.Message, null);
    }
}
