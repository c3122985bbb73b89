using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Pool;

/// <summary><c>anvil_removePoolTransactions</c>: gives up what waits of one sender.</summary>
/// <param name="pool">What waits for a block.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilRemovePoolTransactions(TransactionPool pool, Manner manner)
    : DevelopmentCommand<Address>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_removePoolTransactions";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_removePoolTransactions"];

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(Address parameters, CancellationToken cancellation)
    {
        pool.RemoveOf(parameters);
        return default;
    }
}
