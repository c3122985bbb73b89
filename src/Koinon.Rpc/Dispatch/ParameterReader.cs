using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// Reads positional parameters in their order. The first thing that is wrong is kept and ends the request; what is read
/// after it is a default that nobody sees.
/// </summary>
public ref struct ParameterReader
{
    private readonly JsonElement _parameters;
    private readonly int _count;
    private int _index;
    private RpcError? _error;

    // Notes what is read instead of reading it; null where there are parameters to be read.
    private List<ParameterShape>? _shapes;

    /// <summary>Starts before the first parameter.</summary>
    /// <param name="parameters">The array; nothing and <see langword="null"/> stand for an empty one.</param>
    internal ParameterReader(JsonElement parameters)
    {
        _parameters = parameters;
        if (parameters.ValueKind == JsonValueKind.Array)
        {
            _count = parameters.GetArrayLength();
        }
        else if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            _error = RpcError.InvalidParameters("params is not an array: parameters are read by position");
        }
    }

    /// <summary>A reader of nothing, which notes what a method would read.</summary>
    /// <param name="shapes">Receives the notes.</param>
    internal static ParameterReader Describing(out List<ParameterShape> shapes)
    {
        shapes = [];
        return new ParameterReader(default) { _shapes = shapes };
    }

    private delegate string? ValueReader<T>(JsonElement element, out T value);

    /// <summary>An address.</summary>
    public Address Address() => Required<Address>(JsonValueReader.ReadAddress);

    /// <summary>A hash.</summary>
    public Hash256 Hash() => Required<Hash256>(JsonValueReader.ReadHash);

    /// <summary>Bytes.</summary>
    public ReadOnlyMemory<byte> Data() => Required<ReadOnlyMemory<byte>>(JsonValueReader.ReadData);

    /// <summary>A storage key.</summary>
    public UInt256 Slot() => Required<UInt256>(JsonValueReader.ReadSlot);

    /// <summary>A number of up to 64 bits.</summary>
    public ulong UInt64() => Required<ulong>(JsonValueReader.ReadUInt64);

    /// <summary>A number of up to 64 bits, or nothing.</summary>
    public ulong? UInt64OrNone()
    {
        JsonElement element = Next<ulong>(isRequired: false, out int index);
        return IsMissing(element) ? null : Value<ulong>(element, index, JsonValueReader.ReadUInt64, 0);
    }

    /// <summary>A number of up to 256 bits, or nothing.</summary>
    public UInt256? QuantityOrNone()
    {
        JsonElement element = Next<UInt256>(isRequired: false, out int index);
        return IsMissing(element) ? null : Value<UInt256>(element, index, JsonValueReader.ReadQuantity, default);
    }

    /// <summary>Takes whatever follows.</summary>
    public void Ignore() => _index = int.MaxValue;

    /// <summary>A block that must be named.</summary>
    public BlockReference Block() => Required<BlockReference>(JsonValueReader.ReadBlock);

    /// <summary>A block that must be named, by a number only in hex digits after 0x or as a JSON number.</summary>
    public BlockReference StrictBlock() => Required<BlockReference>(JsonValueReader.ReadStrictBlock);

    /// <summary>A block; the head where none is named.</summary>
    public BlockReference BlockOrLatest() => BlockOr(BlockReference.Latest);

    /// <summary>A block; another where none is named.</summary>
    public BlockReference BlockOr(in BlockReference missing) =>
        Optional<BlockReference>(JsonValueReader.ReadBlock, missing);

    /// <summary>True or false; false where nothing stands.</summary>
    public bool FlagOrFalse() => Optional<bool>(JsonValueReader.ReadFlag, false);

    /// <summary>A value that a shape reads itself; <see langword="default"/> where nothing stands.</summary>
    internal T? Optional<T>(Func<JsonElement, (T Value, string? Wrong)> read) =>
        Optional((JsonElement element, out T? value) =>
        {
            (value, string? wrong) = read(element);
            return wrong;
        }, default);

    /// <summary>A value that a shape reads itself.</summary>
    internal T Required<T>(Func<JsonElement, (T Value, string? Wrong)> read) =>
        Required((JsonElement element, out T value) =>
        {
            (value, string? wrong) = read(element);
            return wrong;
        });

    /// <summary>What is wrong with the parameters, one too many included.</summary>
    internal readonly RpcError? Finish()
    {
        bool tooMany = _error is null && _count > _index && !RestIsNull();
        return tooMany ? RpcError.InvalidParameters($"too many arguments, want at most {_index}") : _error;
    }

    private readonly bool RestIsNull()
    {
        for (int index = _index; index < _count; index++)
        {
            if (_parameters[index].ValueKind != JsonValueKind.Null)
            {
                return false;
            }
        }

        return true;
    }

    private T Required<T>(ValueReader<T> read)
    {
        JsonElement element = Next<T>(isRequired: true, out int index);
        if (_shapes is null && _error is null && IsMissing(element))
        {
            _error = RpcError.InvalidParameters($"missing value for required argument {index}");
        }

        return Value(element, index, read, default!);
    }

    private T Optional<T>(ValueReader<T> read, T missing)
    {
        JsonElement element = Next<T>(isRequired: false, out int index);
        return IsMissing(element) ? missing : Value(element, index, read, missing);
    }

    private T Value<T>(JsonElement element, int index, ValueReader<T> read, T missing)
    {
        if (_error is not null || _shapes is not null)
        {
            return missing;
        }

        string? wrong = read(element, out T value);
        if (wrong is not null)
        {
            _error = RpcError.InvalidParameters($"invalid argument {index}: {wrong}");
        }

        return value;
    }

    private JsonElement Next<T>(bool isRequired, out int index)
    {
        _shapes?.Add(new ParameterShape(typeof(T), isRequired));
        index = _index++;
        return index < _count ? _parameters[index] : default;
    }

    private static bool IsMissing(JsonElement element) =>
        element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
