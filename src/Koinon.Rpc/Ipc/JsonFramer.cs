namespace Koinon.Rpc.Ipc;

/// <summary>Finds where one JSON value ends and the next begins, in a stream without other marks.</summary>
/// <remarks>
/// It sees brackets and strings only: whether a value is valid is found by who reads it. Resumable: each byte is looked
/// at once.
/// </remarks>
internal struct JsonFramer
{
    private int _depth;
    private bool _isInText;
    private bool _isEscaped;
    private bool _hasBegun;

    /// <summary>Whether a value has begun and not ended.</summary>
    public readonly bool HasBegun => _hasBegun;

    /// <summary>Looks at the next bytes.</summary>
    /// <param name="bytes">What follows what was looked at before.</param>
    /// <param name="length">How many of them belong to the value; all where it has not ended.</param>
    /// <returns>Whether the value has ended; the next call begins with the next value.</returns>
    public bool TryEnd(ReadOnlySpan<byte> bytes, out int length)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (Ends(bytes[i]))
            {
                this = default;
                length = i + 1;
                return true;
            }
        }

        length = bytes.Length;
        return false;
    }

    private bool Ends(byte next)
    {
        if (_isInText)
        {
            bool isClosing = next == '"' && !_isEscaped;
            _isEscaped = next == '\\' && !_isEscaped;
            _isInText = !isClosing;
            return isClosing && _depth == 0;
        }

        switch (next)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                // White space ends a value only where the value is a bare word or number.
                return _hasBegun && _depth == 0;
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                _hasBegun = true;
                _depth = Math.Max(_depth - 1, 0);
                return _depth == 0;
            case (byte)'"':
                _isInText = true;
                break;
        }

        _hasBegun = true;
        return false;
    }
}
