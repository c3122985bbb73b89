using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary><c>anvil_setCode</c>: sets an account's code.</summary>
/// <param name="editor">Edits the state.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetCode(StateEditor editor, Manner manner)
    : DevelopmentCommand<(Address Account, ReadOnlyMemory<byte> Code)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setCode";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setCode", "tenderly_setCode"];

    /// <inheritdoc/>
    protected override (Address Account, ReadOnlyMemory<byte> Code) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.Data());

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (Address Account, ReadOnlyMemory<byte> Code) parameters, CancellationToken cancellation)
    {
        return editor.EditAsync(
            (state, changes) =>
            {
                Hash256 hash = parameters.Code.IsEmpty ? Account.NoCode : Hash256.Keccak(parameters.Code.Span);
                Account account = StateEditor.ReadAccount(state, parameters.Account);
                changes.Of(parameters.Account).Account = account with { CodeHash = hash };
                changes.Codes[hash] = parameters.Code;
                return null;
            },
            cancellation);
    }
}
