using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Pool;

/// <summary><c>anvil_dropTransaction</c>: gives up a transaction that waits; answers its hash, or null.</summary>
/// <param name="pool">What waits for a block.</param>
public sealed class AnvilDropTransaction(TransactionPool pool) : RpcQuery<Hash256, string>
{
    /// <inheritdoc/>
    public override string Name => "anvil_dropTransaction";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override RpcResult<string> Answer(Hash256 parameters) =>
        new(pool.Remove(parameters) ? parameters.ToString() : null);
}
