using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Koinon.Rpc.Dispatch;

/// <summary>What a method answered, before it is written: a value, a stream or an error.</summary>
internal abstract class RpcAnswer
{
    /// <summary>Why there is no result, or <see langword="null"/>.</summary>
    public virtual RpcError? Error => null;

    /// <summary>What writes the result piece by piece, or <see langword="null"/>.</summary>
    public virtual RpcStreamBody? Stream => null;

    /// <summary>An error.</summary>
    public static RpcAnswer Of(RpcError error) => new ErrorAnswer(error);

    /// <summary>A value.</summary>
    public static RpcAnswer Of<T>(T? value, JsonTypeInfo<T> type) => new ValueAnswer<T>(value, type);

    /// <summary>A value that is JSON already, in UTF-8; it is not checked.</summary>
    public static RpcAnswer OfJson(ReadOnlyMemory<byte> json) => new JsonAnswer(json);

    /// <summary>A stream.</summary>
    public static RpcAnswer Of(RpcStreamBody body) => new StreamAnswer(body);

    /// <summary>Writes the result's JSON value; only where there is neither an error nor a stream.</summary>
    public virtual void Write(Utf8JsonWriter writer)
    {
    }

    private sealed class ErrorAnswer(RpcError error) : RpcAnswer
    {
        public override RpcError Error => error;
    }

    private sealed class StreamAnswer(RpcStreamBody body) : RpcAnswer
    {
        public override RpcStreamBody Stream => body;
    }

    private sealed class JsonAnswer(ReadOnlyMemory<byte> json) : RpcAnswer
    {
        public override void Write(Utf8JsonWriter writer) =>
            writer.WriteRawValue(json.Span, skipInputValidation: true);
    }

    private sealed class ValueAnswer<T>(T? value, JsonTypeInfo<T> type) : RpcAnswer
    {
        public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, value!, type);
    }
}
