using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_setBalance</c>: sets an account's balance.</summary>
/// <param name="editor">Edits the state.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetBalance(StateEditor editor, Manner manner)
    : DevelopmentCommand<(Address Account, UInt256 Balance)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setBalance";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases =>
        ["hardhat_setBalance", "tenderly_setBalance", "evm_setAccountBalance"];

    /// <inheritdoc/>
    protected override (Address Account, UInt256 Balance) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Required(NumberReader.Word));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Account, UInt256 Balance) parameters, CancellationToken cancellation)
    {
        return editor.EditAccountAsync(
            parameters.Account, account => account with { Balance = parameters.Balance }, cancellation);
    }
}
