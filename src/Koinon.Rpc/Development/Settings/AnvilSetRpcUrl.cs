using System.Text.Json;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Forking;

namespace Koinon.Rpc.Development.Settings;

/// <summary><c>anvil_setRpcUrl</c>: has a forked chain ask its remote at another address.</summary>
/// <param name="remote">The chain it forks off; <see langword="null"/> where it is its own.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetRpcUrl(IRemoteChain? remote, Manner manner) : DevelopmentCommand<string>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setRpcUrl";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setRpcUrl"];

    /// <inheritdoc/>
    protected override string Read(ref ParameterReader reader) => reader.Required(ReadText);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(string parameters, CancellationToken cancellation) =>
        new(remote is null
            ? RpcError.Server("this chain is not a fork: start one by --fork-url, or by anvil_reset with forking")
            : remote.Redirect(parameters) is { } wrong
                ? RpcError.InvalidParameters($"invalid argument 0: {wrong}")
                : null);

    private static (string Value, string? Wrong) ReadText(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? (element.GetString()!, null) : ("", "not a string");
}
