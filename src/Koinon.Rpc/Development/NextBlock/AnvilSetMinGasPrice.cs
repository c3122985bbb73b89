using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.NextBlock;

/// <summary><c>anvil_setMinGasPrice</c>: no chain with a base fee has a lowest gas price of its own.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetMinGasPrice(Ledger ledger, Manner manner) : DevelopmentCommand<UInt256>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setMinGasPrice";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setMinGasPrice"];

    /// <inheritdoc/>
    protected override UInt256 Read(ref ParameterReader reader) => reader.Required(NumberReader.Word);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(UInt256 parameters, CancellationToken cancellation)
    {
        string called = Manner == Manner.Hardhat ? "hardhat_setMinGasPrice" : "anvil_setMinGasPrice";
        bool hasBaseFee = ledger.Head.Header.BaseFeePerGas is not null;
        string reason = hasBaseFee
            ? $"{called} is not supported when EIP-1559 is active"
            : $"{called} is not supported: {parameters} wei would bind nobody";
        RpcError error = Manner == Manner.Hardhat ? RpcError.Server(reason) : RpcError.InvalidParameters(reason);
        return new ValueTask<RpcError?>(error);
    }
}
