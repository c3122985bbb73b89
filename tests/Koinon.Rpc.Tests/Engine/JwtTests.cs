using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Koinon.Rpc.Engine;

namespace Koinon.Rpc.Tests.Engine;

public sealed class JwtTests : IDisposable
{
    private const long Now = 1_700_000_000;

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly JwtVerifier Verifier = new(new JwtSecret(Bytes), new StoppedTime());

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"koinon-jwt-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(-60, null)]
    [InlineData(61, "future token")]
    [InlineData(-61, "stale token")]
    public void Refuse_ByTimeOfIssue_AllowsAMinute(int drift, string? reason) =>
        Assert.Equal(reason, Verifier.Refuse("Bearer " + Token($$"""{"iat":{{Now + drift}},"id":"x","exp":1}""")));

    [Theory]
    [InlineData("""{"alg":"none"}""", """{"iat":1700000000}""", "signing method not supported: HS256 is expected")]
    [InlineData("""{"alg":"HS512"}""", """{"iat":1700000000}""", "signing method not supported: HS256 is expected")]
    [InlineData("[]", """{"iat":1700000000}""", "signing method not supported: HS256 is expected")]
    [InlineData("""{"alg":"HS256"}""", "{}", "missing issued-at")]
    [InlineData("""{"alg":"HS256"}""", """{"iat":"1700000000"}""", "missing issued-at")]
    [InlineData("""{"alg":"HS256"}""", "nonsense", "missing issued-at")]
    public void Refuse_OfAnotherForm_SaysWhatIsExpected(string header, string claims, string reason) =>
        Assert.Equal(reason, Verifier.Refuse("Bearer " + Token(claims, header)));

    [Fact]
    public void Refuse_OfAnotherSecret_Refuses()
    {
        byte[] other = [.. Bytes];
        other[0] ^= 1;
        string token = new JwtVerifier(new JwtSecret(other), new StoppedTime()).Issue();

        Assert.Equal("signature is invalid", Verifier.Refuse("Bearer " + token));
        Assert.Null(Verifier.Refuse("Bearer " + Verifier.Issue()));
        Assert.Equal("missing token", Verifier.Refuse(null));
        Assert.StartsWith("malformed token", Verifier.Refuse("Basic abc"), StringComparison.Ordinal);
        Assert.StartsWith("malformed token", Verifier.Refuse("Bearer a.b"), StringComparison.Ordinal);
        Assert.StartsWith("malformed token", Verifier.Refuse("Bearer =.=.="), StringComparison.Ordinal);
        Assert.StartsWith(
            "malformed token", Verifier.Refuse("Bearer " + new string('a', 5_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void TryOpen_OfNoFile_MakesOneForItsOwnerAlone()
    {
        Assert.True(JwtSecret.TryOpen(_path, out JwtSecret made, out _));
        Assert.True(JwtSecret.TryOpen(_path, out JwtSecret read, out _));

        string token = new JwtVerifier(made, new StoppedTime()).Issue();
        Assert.Null(new JwtVerifier(read, new StoppedTime()).Refuse("Bearer " + token));
        Assert.Equal(66, File.ReadAllText(_path).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("0x00", false)]
    [InlineData("zz", false)]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n", true)]
    [InlineData("0x000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", true)]
    public void TryOpen_OfAFile_ReadsHexDigitsAlone(string text, bool isSecret)
    {
        File.WriteAllText(_path, text);

        Assert.Equal(isSecret, JwtSecret.TryOpen(_path, out JwtSecret secret, out string? error));
        Assert.Equal(isSecret, error is null);
        if (isSecret)
        {
            Assert.Null(Verifier.Refuse("Bearer " + new JwtVerifier(secret, new StoppedTime()).Issue()));
        }
    }

    private static string Token(string claims, string header = """{"typ":"JWT","alg":"HS256"}""")
    {
        string head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
        string body = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        byte[] signature = HMACSHA256.HashData(Bytes, Encoding.ASCII.GetBytes($"{head}.{body}"));
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}
