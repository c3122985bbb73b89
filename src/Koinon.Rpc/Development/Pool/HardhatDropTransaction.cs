using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Pool;

/// <summary>
/// <c>hardhat_dropTransaction</c>: gives up a transaction that waits; answers whether there was one. Helpers of Hardhat
/// insist on true or false, whatever the manner of the chain.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class HardhatDropTransaction(Ledger ledger, TransactionPool pool) : RpcQuery<Hash256, bool>
{
    /// <inheritdoc/>
    public override string Name => "hardhat_dropTransaction";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(Hash256 parameters)
    {
        bool waited = pool.Remove(parameters);
        return !waited && ledger.TryGetTransaction(parameters, out _)
            ? RpcError.InvalidParameters($"Transaction {parameters} cannot be dropped because it's already mined")
            : waited;
    }
}
