using System.Text;
using System.Text.Json;

namespace Koinon.Node.Development.States;

/// <summary>Reads JSON from a stream token by token, so that a file of any size takes a small buffer.</summary>
/// <remarks>One reader, one thread. The longest token (code of a contract) is held whole.</remarks>
internal sealed class JsonTokens(Stream input)
{
    private const int FirstBytes = 64 * 1024;
    private const int DepthMax = 64;

    private byte[] _buffer = new byte[FirstBytes];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DepthMax });

    /// <summary>The kind of the token.</summary>
    public JsonTokenType Kind { get; private set; }

    /// <summary>The text of a string, a name or a number; empty for other tokens.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Goes to the next token.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="StateFileException">The input is not JSON.</exception>
    public bool Read() => Read(keepsText: true);

    private bool Read(bool keepsText)
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start.._end), _isAtEnd, _state);
            if (TryRead(ref reader))
            {
                Kind = reader.TokenType;
                Text = !keepsText ? "" : Kind switch
                {
                    JsonTokenType.String or JsonTokenType.PropertyName => reader.GetString()!,
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => "",
                };
                _state = reader.CurrentState;
                _start += (int)reader.BytesConsumed;
                return true;
            }

            if (_isAtEnd)
            {
                return false;
            }

            _state = reader.CurrentState;
            _start += (int)reader.BytesConsumed;
            Refill();
        }
    }

    /// <summary>Goes to the next token, which must be of a kind.</summary>
    public void Expect(JsonTokenType kind)
    {
        if (!Read() || Kind != kind)
        {
            throw new StateFileException($"{kind} is expected where {Kind} stands");
        }
    }

    /// <summary>Passes over the value that begins with the next token.</summary>
    public void Skip()
    {
        int depth = 0;
        do
        {
            if (!Read(keepsText: false))
            {
                throw new StateFileException("the file ends too early");
            }

            depth += Kind is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1
                : Kind is JsonTokenType.EndObject or JsonTokenType.EndArray ? -1
                : 0;
        }
        while (depth > 0);
    }

    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException reason)
        {
            throw new StateFileException($"it is not JSON: {reason.Message}");
        }
    }

    private void Refill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        // Filled to the end, so that a long text from a pipe is looked at a few times, not once for each piece.
        int read = input.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _end += read;
        _isAtEnd = read == 0;
    }
}
