using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Impersonation;

/// <summary><c>anvil_stopImpersonatingAccount</c>: takes an account's transactions with its signature alone.</summary>
/// <param name="impersonation">Whose transactions are taken unsigned.</param>
/// <param name="manner">Hardhat says whether it was impersonated.</param>
public sealed class AnvilStopImpersonatingAccount(IImpersonation impersonation, Manner manner)
    : RpcQuery<Address, bool?>
{
    /// <inheritdoc/>
    public override string Name => "anvil_stopImpersonatingAccount";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_stopImpersonatingAccount"];

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override RpcResult<bool?> Answer(Address parameters)
    {
        bool was = impersonation.Stop(parameters);
        return new RpcResult<bool?>(manner == Manner.Hardhat ? was : null);
    }
}
