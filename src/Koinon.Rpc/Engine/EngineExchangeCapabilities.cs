using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary><c>engine_exchangeCapabilities</c>: names the methods of the Engine API that are served here.</summary>
/// <param name="served">Their names, this one's left out.</param>
internal sealed class EngineExchangeCapabilities(IReadOnlyList<string> served)
    : RpcQuery<bool, IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override string Name => "engine_exchangeCapabilities";

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.Required(ReadNames);

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<string>> Answer(bool parameters) => new(served);

    // What the other side can do changes nothing here.
    private static (bool Value, string? Wrong) ReadNames(JsonElement element) =>
        (true, element.ValueKind == JsonValueKind.Array ? null : "not an array of names");
}
