using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_getClientVersionV1</c>: which program this is.</summary>
/// <param name="options">Version and commit.</param>
internal sealed class EngineGetClientVersion(EngineOptions options) : RpcQuery<bool, IReadOnlyList<ClientVersionJson>>
{
    /// <summary>Two letters that no other client has.</summary>
    private const string Code = "KO";

    /// <inheritdoc/>
    public override string Name => "engine_getClientVersionV1";

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.Required(ReadClient);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<ClientVersionJson>> Answer(bool parameters) => new(
        [new ClientVersionJson(Code, "Koinon", options.Version, options.Commit)]);

    // Whoever asks says who it is; nothing here depends on it.
    private static (bool Value, string? Wrong) ReadClient(JsonElement element) =>
        (true, element.ValueKind == JsonValueKind.Object ? null : "not an object");
}
