using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Impersonation;

/// <summary>
/// <c>anvil_autoImpersonateAccount</c>: takes everybody's transactions without a signature, or no longer.
/// </summary>
/// <param name="impersonation">Whose transactions are taken unsigned.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilAutoImpersonateAccount(IImpersonation impersonation, Manner manner)
    : DevelopmentCommand<bool>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_autoImpersonateAccount";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_autoImpersonateAccount"];

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.Required(NumberReader.Flag);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(bool parameters, CancellationToken cancellation)
    {
        impersonation.IncludesAll = parameters;
        return default;
    }
}
