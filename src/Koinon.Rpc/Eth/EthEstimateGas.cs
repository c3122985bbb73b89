using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_estimateGas</c>: the least gas limit with which a call succeeds.</summary>
/// <param name="calls">Runs calls.</param>
public sealed class EthEstimateGas(CallRunner calls) : RpcQuery<(CallRequest Call, BlockReference Block), Quantity>
{
    private readonly GasEstimator _estimator = new(calls);

    /// <inheritdoc/>
    public override string Name => "eth_estimateGas";

    /// <inheritdoc/>
    protected override (CallRequest Call, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Required(CallRequestReader.Read), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<Quantity> Answer((CallRequest Call, BlockReference Block) parameters)
    {
        RpcResult<LedgerBlock> block = calls.Find(parameters.Block);
        if (block.Error is not null)
        {
            return block.Error;
        }

        RpcResult<ulong> gas = _estimator.Estimate(parameters.Call, block.Value!);
        return gas.Error is null ? (Quantity)gas.Value : gas.Error;
    }
}
