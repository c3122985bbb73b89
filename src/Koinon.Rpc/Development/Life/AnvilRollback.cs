using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Life;

/// <summary><c>anvil_rollback</c>: gives up the newest blocks, one where no number is named.</summary>
/// <param name="life">The life of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilRollback(IDevelopmentLife life, Manner manner) : DevelopmentCommand<ulong?>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_rollback";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_rollback"];

    /// <inheritdoc/>
    protected override ulong? Read(ref ParameterReader reader) => reader.Optional(NumberReader.Number);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(ulong? parameters, CancellationToken cancellation)
    {
        return life.RollBackAsync(parameters ?? 1, cancellation);
    }
}
