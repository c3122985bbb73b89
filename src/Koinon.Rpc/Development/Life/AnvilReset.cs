using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Life;

/// <summary><c>anvil_reset</c>: begins the chain anew.</summary>
/// <param name="life">The life of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilReset(IDevelopmentLife life, Manner manner) : DevelopmentCommand<ResetRequest?>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_reset";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_reset"];

    /// <inheritdoc/>
    protected override ResetRequest? Read(ref ParameterReader reader) => reader.Optional(ResetRequest.Read);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(ResetRequest? parameters, CancellationToken cancellation)
    {
        return life.ResetAsync(parameters ?? new ResetRequest(), cancellation);
    }
}
