using System.Globalization;

namespace Koinon.Abi;

/// <summary>Reads types and signatures from text and keeps the first reason against it.</summary>
internal ref struct AbiTypeParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    internal AbiTypeParser(ReadOnlySpan<char> text)
    {
        _text = text;
        _position = 0;
        Error = AbiTypeError.None;
    }

    /// <summary>The reason against the text.</summary>
    internal AbiTypeError Error { get; private set; }

    private readonly char Next => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>A type and nothing else.</summary>
    internal AbiType? ReadOnlyType()
    {
        AbiType? type = ReadType(0);
        SkipSpaces();
        return type is null || _position == _text.Length ? type : Fail<AbiType>(AbiTypeError.TrailingText);
    }

    /// <summary>A name and its parameters, and nothing else.</summary>
    internal AbiParameter[]? ReadSignature(out string name)
    {
        SkipSpaces();
        name = ReadIdentifier();
        if (name is "function" or "error" or "event" && char.IsWhiteSpace(Next))
        {
            SkipSpaces();
            name = ReadIdentifier();
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return Fail<AbiParameter[]>(AbiTypeError.IdentifierInvalid);
        }

        if (Next != '(')
        {
            return Fail<AbiParameter[]>(AbiTypeError.Unclosed);
        }

        AbiParameter[]? parameters = ReadParameters(0);
        SkipSpaces();
        return parameters is null || _position == _text.Length
            ? parameters
            : Fail<AbiParameter[]>(AbiTypeError.TrailingText);
    }

    private AbiType? ReadType(int depth)
    {
        if (depth >= AbiType.MaxDepth)
        {
            return Fail<AbiType>(AbiTypeError.TooDeep);
        }

        SkipSpaces();
        int start = _position;
        string name = ReadIdentifier();
        AbiType? type;
        if (Next == '(' && name is "" or "tuple")
        {
            AbiParameter[]? components = ReadParameters(depth + 1);
            type = components is null
                ? null
                : AbiType.TryMakeTuple(components) ?? Fail<AbiType>(AbiTypeError.LengthInvalid);
        }
        else
        {
            type = _position == start ? Fail<AbiType>(AbiTypeError.TypeMissing) : ReadElementary(name);
        }

        return ReadArrays(type, depth);
    }

    private AbiType? ReadArrays(AbiType? type, int depth)
    {
        while (type is not null && Next == '[')
        {
            _position++;
            int close = _text[_position..].IndexOf(']');
            if (close < 0)
            {
                return Fail<AbiType>(AbiTypeError.Unclosed);
            }

            if (++depth >= AbiType.MaxDepth)
            {
                return Fail<AbiType>(AbiTypeError.TooDeep);
            }

            ReadOnlySpan<char> digits = _text.Slice(_position, close);
            _position += close + 1;
            type = digits.IsEmpty
                ? AbiType.MakeArray(type)
                : TryReadNumber(digits, out int length)
                    ? AbiType.TryMakeFixedArray(type, length) ?? Fail<AbiType>(AbiTypeError.LengthInvalid)
                    : Fail<AbiType>(AbiTypeError.LengthInvalid);
        }

        return type;
    }

    private AbiParameter[]? ReadParameters(int depth)
    {
        List<AbiParameter> parameters = [];
        _position++;
        SkipSpaces();
        if (Next == ')')
        {
            _position++;
            return [];
        }

        while (true)
        {
            AbiType? type = ReadType(depth);
            if (type is null)
            {
                return null;
            }

            parameters.Add(ReadNamed(type));
            char separator = Next;
            _position++;
            switch (separator)
            {
                case ',':
                    break;
                case ')':
                    return [.. parameters];
                default:
                    return Fail<AbiParameter[]>(
                        separator == '\0' ? AbiTypeError.Unclosed : AbiTypeError.TrailingText);
            }
        }
    }

    // What may stand behind a type: where Solidity keeps it, whether it is indexed, its name.
    private AbiParameter ReadNamed(AbiType type)
    {
        bool isIndexed = false;
        string name = "";
        SkipSpaces();
        while (name.Length == 0 && IsIdentifier(Next))
        {
            string word = ReadIdentifier();
            isIndexed |= word == "indexed";
            name = word is "indexed" or "memory" or "calldata" or "storage" or "payable" ? "" : word;
            SkipSpaces();
        }

        return new AbiParameter(name, type, isIndexed);
    }

    private AbiType? ReadElementary(string name)
    {
        switch (name)
        {
            case "address":
                return AbiType.MakeSimple(AbiKind.Address, name);
            case "bool":
                return AbiType.MakeSimple(AbiKind.Bool, name);
            case "bytes":
                return AbiType.MakeSimple(AbiKind.Bytes, name);
            case "string":
                return AbiType.MakeSimple(AbiKind.Text, name);
            case "function":
                return AbiType.MakeFixedBytes(name, 24);
            case "uint" or "int":
                return AbiType.MakeInteger(name == "int", 256);
            case "fixed" or "ufixed":
                return AbiType.MakeFixedPoint(name == "fixed", 128, 18);
        }

        int digits = name.AsSpan().IndexOfAnyInRange('0', '9');
        ReadOnlySpan<char> size = digits < 0 ? [] : name.AsSpan(digits);
        switch (digits < 0 ? name : name[..digits])
        {
            case "uint" or "int":
                return TryReadNumber(size, out int bits) && IsBits(bits)
                    ? AbiType.MakeInteger(name[0] == 'i', bits)
                    : Fail<AbiType>(AbiTypeError.SizeInvalid);
            case "bytes":
                return TryReadNumber(size, out int length) && length is > 0 and <= AbiType.WordSize
                    ? AbiType.MakeFixedBytes(name, length)
                    : Fail<AbiType>(AbiTypeError.SizeInvalid);
            case "fixed" or "ufixed":
                int cross = size.IndexOf('x');
                return cross > 0
                    && TryReadNumber(size[..cross], out int wide) && IsBits(wide)
                    && TryReadNumber(size[(cross + 1)..], out int decimals) && decimals is > 0 and <= 80
                    ? AbiType.MakeFixedPoint(name[0] == 'f', wide, decimals)
                    : Fail<AbiType>(AbiTypeError.SizeInvalid);
            default:
                return Fail<AbiType>(AbiTypeError.NameUnknown);
        }
    }

    private static bool IsBits(int bits) => bits is > 0 and <= 256 && bits % 8 == 0;

    // Digits without a leading zero, so that a type has one name.
    private static bool TryReadNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        return !digits.IsEmpty
            && (digits[0] != '0' || digits.Length == 1)
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsIdentifier(char next) => char.IsAsciiLetterOrDigit(next) || next is '_' or '$';

    private string ReadIdentifier()
    {
        int start = _position;
        while (IsIdentifier(Next))
        {
            _position++;
        }

        return new string(_text[start.._position]);
    }

    private void SkipSpaces()
    {
        while (Next == ' ')
        {
            _position++;
        }
    }

    private T? Fail<T>(AbiTypeError error)
        where T : class
    {
        Error = Error == AbiTypeError.None ? error : Error;
        return null;
    }
}
