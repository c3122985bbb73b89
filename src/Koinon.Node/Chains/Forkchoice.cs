using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Node.Chains;

/// <summary>Which blocks consensus holds for the head, for safe and for finalized.</summary>
/// <param name="Head">The head.</param>
/// <param name="Safe">The safe block; zero for none.</param>
/// <param name="Finalized">The finalized block; zero for none.</param>
public readonly record struct Forkchoice(Hash256 Head, Hash256 Safe, Hash256 Finalized)
{
    /// <summary>Reads a request of <c>engine_forkchoiceUpdated</c>, or its first parameter alone.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="forkchoice">What it says.</param>
    /// <param name="error">What is wrong, where it is none.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> json, out Forkchoice forkchoice, [NotNullWhen(false)] out string? error)
    {
        forkchoice = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement state = document.RootElement;
            if (state.ValueKind == JsonValueKind.Object && state.TryGetProperty("params", out JsonElement parameters)
                && parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() > 0)
            {
                state = parameters[0];
            }

            Hash256 safe = default, finalized = default;
            error = Read(state, "headBlockHash", isNeeded: true, out Hash256 head)
                ?? Read(state, "safeBlockHash", isNeeded: false, out safe)
                ?? Read(state, "finalizedBlockHash", isNeeded: false, out finalized);
            forkchoice = new Forkchoice(head, safe, finalized);
            return error is null;
        }
        catch (JsonException failure)
        {
            error = $"it is not JSON: {failure.Message}";
            return false;
        }
    }

    private static string? Read(JsonElement state, string name, bool isNeeded, out Hash256 hash)
    {
        hash = default;
        if (state.ValueKind != JsonValueKind.Object || !state.TryGetProperty(name, out JsonElement value))
        {
            return isNeeded ? $"it has no {name}" : null;
        }

        return value.ValueKind == JsonValueKind.String && Hash256.TryParse(value.GetString(), out hash)
            ? null
            : $"{name} is not a hash of 32 bytes";
    }
}
