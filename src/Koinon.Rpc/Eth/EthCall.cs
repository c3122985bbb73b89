using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_call</c>: runs a call on the state after a block and answers what it returns.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthCall(CallRunner calls) : RpcQuery<(CallRequest Call, BlockReference Block), HexData>
{
    /// <inheritdoc/>
    public override string Name => "eth_call";

    /// <inheritdoc/>
    protected override (CallRequest Call, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Required(CallRequestReader.Read), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer((CallRequest Call, BlockReference Block) parameters)
    {
        RpcResult<LedgerBlock> block = calls.Find(parameters.Block);
        if (block.Error is not null)
        {
            return block.Error;
        }

        ulong gas = Math.Min(parameters.Call.Gas ?? CallRunner.GasMax, CallRunner.GasMax);
        TransactionOutcome outcome = calls.Run(parameters.Call, block.Value!, gas);
        if (outcome.Error != TransactionError.None)
        {
            return TransactionTexts.ErrorOf(outcome.Error, outcome.Detail);
        }

        return outcome.Succeeded
            ? (HexData)outcome.ReturnData
            : ExecutionErrors.ErrorOf(outcome.Halt, outcome.ReturnData);
    }
}
