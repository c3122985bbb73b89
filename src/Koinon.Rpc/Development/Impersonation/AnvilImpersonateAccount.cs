using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Development.StateEditing;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Impersonation;

/// <summary>
/// <c>anvil_impersonateAccount</c>: takes an account's transactions without a signature, a contract's too.
/// </summary>
/// <param name="impersonation">Whose transactions are taken unsigned.</param>
/// <param name="editor">Edits the state.</param>
/// <param name="leastBalance">What the account has then at least, for the gas it pays; zero gives it nothing.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilImpersonateAccount(
    IImpersonation impersonation, StateEditor editor, UInt256 leastBalance, Manner manner)
    : DevelopmentCommand<Address>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_impersonateAccount";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_impersonateAccount"];

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(Address parameters, CancellationToken cancellation)
    {
        impersonation.Start(parameters);
        return leastBalance.IsZero
            ? default
            : editor.EditAccountAsync(
                parameters,
                account => account.Balance < leastBalance ? account with { Balance = leastBalance } : account,
                cancellation);
    }
}
