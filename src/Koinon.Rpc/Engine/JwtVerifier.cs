using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Koinon.Rpc.Engine;

/// <summary>Whether a request comes from who knows the secret: a token of HMAC-SHA256, issued just now.</summary>
/// <remarks>RFC 7519 as far as the Engine API asks for it. Safe from any thread.</remarks>
/// <param name="secret">The shared secret.</param>
/// <param name="clock">Says what time it is.</param>
public sealed class JwtVerifier(JwtSecret secret, TimeProvider clock)
{
    /// <summary>By how much the time of issue may differ from now.</summary>
    private const long DriftSecondsMax = 60;

    private const int TokenLengthMax = 4_096;
    private const string Scheme = "Bearer ";

    /// <summary>Looks at the header <c>Authorization</c>.</summary>
    /// <returns>Why the request is refused, or <see langword="null"/>.</returns>
    public string? Refuse(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization))
        {
            return "missing token";
        }

        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization.Length > TokenLengthMax)
        {
            return "malformed token: Authorization: Bearer and a JSON web token are expected";
        }

        string token = authorization[Scheme.Length..].Trim();
        string[] parts = token.Split('.');
        if (parts.Length != 3
            || !TryDecode(parts[0], out byte[] header)
            || !TryDecode(parts[1], out byte[] claims)
            || !TryDecode(parts[2], out byte[] signature))
        {
            return "malformed token: three parts in base64url are expected";
        }

        if (!IsHmacSha256(header))
        {
            return "signing method not supported: HS256 is expected";
        }

        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Bytes, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), right);
        return CryptographicOperations.FixedTimeEquals(right, signature)
            ? RefuseTime(claims)
            : "signature is invalid";
    }

    /// <summary>A token for now, as a consensus client makes it.</summary>
    public string Issue()
    {
        string head = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        string claims = Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes($$"""{"iat":{{clock.GetUtcNow().ToUnixTimeSeconds()}}}"""));
        byte[] signature = HMACSHA256.HashData(secret.Bytes, Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(part))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(part);
        return true;
    }

    private static bool IsHmacSha256(byte[] header) =>
        TryParse(header, out JsonElement parsed)
        && parsed.TryGetProperty("alg"u8, out JsonElement algorithm)
        && algorithm.ValueKind == JsonValueKind.String
        && algorithm.ValueEquals("HS256"u8);

    private static bool TryParse(byte[] json, out JsonElement parsed)
    {
        try
        {
            parsed = JsonElement.Parse(json);
            return parsed.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            parsed = default;
            return false;
        }
    }

    private string? RefuseTime(byte[] claims)
    {
        if (!TryParse(claims, out JsonElement parsed)
            || !parsed.TryGetProperty("iat"u8, out JsonElement issued)
            || issued.ValueKind != JsonValueKind.Number
            || !issued.TryGetDouble(out double seconds))
        {
            return "missing issued-at";
        }

        double drift = seconds - clock.GetUtcNow().ToUnixTimeSeconds();
        return drift > DriftSecondsMax ? "future token"
            : drift < -DriftSecondsMax ? "stale token"
            : null;
    }
}
