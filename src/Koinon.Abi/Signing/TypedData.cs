using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Abi.Signing;

/// <summary>Typed data that a person signs field by field (EIP-712).</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed class TypedData
{
    /// <summary>Name of the struct that says for which contract and chain data is signed.</summary>
    public const string DomainType = "EIP712Domain";

    private static readonly TypedDataField[] DomainFields =
    [
        new("name", "string"), new("version", "string"), new("chainId", "uint256"), new("verifyingContract", "address"),
        new("salt", "bytes32"),
    ];

    private TypedData(
        IReadOnlyDictionary<string, IReadOnlyList<TypedDataField>> types,
        string primaryType,
        Hash256 domain,
        Hash256 message)
    {
        Types = types;
        PrimaryType = primaryType;
        DomainSeparator = domain;
        MessageHash = message;
    }

    /// <summary>The structs by name, the domain's included.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TypedDataField>> Types { get; }

    /// <summary>The message's struct.</summary>
    public string PrimaryType { get; }

    /// <summary>Digest of the domain.</summary>
    public Hash256 DomainSeparator { get; }

    /// <summary>Digest of the message.</summary>
    public Hash256 MessageHash { get; }

    /// <summary>The digest that is signed.</summary>
    public Hash256 SigningHash
    {
        get
        {
            // A message that is the domain itself is signed without repeating it.
            bool isDomain = PrimaryType == DomainType;
            Span<byte> signed = stackalloc byte[2 + (2 * Hash256.Size)];
            signed[0] = 0x19;
            signed[1] = 0x01;
            DomainSeparator.CopyTo(signed[2..]);
            MessageHash.CopyTo(signed[(2 + Hash256.Size)..]);
            return Hash256.Keccak(isDomain ? signed[..(2 + Hash256.Size)] : signed);
        }
    }

    /// <summary>
    /// Reads typed data as wallets take it: <c>types</c>, <c>primaryType</c>, <c>domain</c>, <c>message</c>.
    /// </summary>
    /// <param name="json">The object in UTF-8.</param>
    /// <param name="data">The data with its digests, where all of it is right.</param>
    /// <param name="error">What is wrong, where it is not.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> json, [NotNullWhen(true)] out TypedData? data, out TypedDataError error)
    {
        data = null;
        if (!TryParseJson(json, out JsonDocument? document))
        {
            error = new TypedDataError(TypedDataReason.NotJson, "");
            return false;
        }

        using (document)
        {
            return TryParse(document.RootElement, out data, out error);
        }
    }

    /// <summary>
    /// Reads typed data as <see cref="TryParse(ReadOnlyMemory{byte}, out TypedData?, out TypedDataError)"/> does.
    /// </summary>
    public static bool TryParse(JsonElement json, [NotNullWhen(true)] out TypedData? data, out TypedDataError error)
    {
        data = null;
        if (!TryGetObject(json, "types", out JsonElement typeSection, out error)
            || !TryGetObject(json, "domain", out JsonElement domain, out error)
            || !TryGetObject(json, "message", out JsonElement message, out error)
            || !TypedDataTypes.TryRead(typeSection, out var types, out error))
        {
            return false;
        }

        if (!json.TryGetProperty("primaryType", out JsonElement primary) || primary.ValueKind != JsonValueKind.String)
        {
            error = new TypedDataError(TypedDataReason.SectionInvalid, "primaryType");
            return false;
        }

        // Where the domain's struct is not written out, it has the fields that are there.
        if (!types.ContainsKey(DomainType))
        {
            types[DomainType] = Array.FindAll(DomainFields, field => domain.TryGetProperty(field.Name, out _));
        }

        string primaryType = primary.GetString()!;
        TypedDataHasher hasher = new(types);
        Hash256 messageHash = default;
        bool ok = hasher.TryHashStruct(DomainType, domain, "domain", out Hash256 domainHash)
            && (primaryType == DomainType || hasher.TryHashStruct(primaryType, message, "message", out messageHash));
        error = hasher.Error;
        data = ok ? new TypedData(types, primaryType, domainHash, messageHash) : null;
        return ok;
    }

    private static bool TryGetObject(JsonElement json, string name, out JsonElement section, out TypedDataError error)
    {
        section = default;
        bool ok = json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty(name, out section)
            && section.ValueKind == JsonValueKind.Object;
        error = ok ? default : new TypedDataError(TypedDataReason.SectionInvalid, name);
        return ok;
    }

    private static bool TryParseJson(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonDocument? document)
    {
        // The parser bounds nesting at 64 by itself.
        try
        {
            document = JsonDocument.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            document = null;
            return false;
        }
    }
}
