using Koinon.Chain.Pool;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Pool;

/// <summary><c>anvil_dropAllTransactions</c>: gives up everything that waits.</summary>
/// <param name="pool">What waits for a block.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilDropAllTransactions(TransactionPool pool, Manner manner)
    : DevelopmentCommand<NoParameters>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_dropAllTransactions";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_dropAllTransactions"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(NoParameters parameters, CancellationToken cancellation)
    {
        pool.Clear();
        return default;
    }
}
