"""PyMySQL: `mariadb_client.py tcp PORT` or `mariadb_client.py unix PATH`."""

import datetime
import decimal
import sys

import pymysql
import pymysql.cursors

kind, where = sys.argv[1:]
place = {"host": "127.0.0.1", "port": int(where)} if kind == "tcp" else {"unix_socket": where}
login = {"user": "guest", "password": "secret", "database": "shop", **place}

connection = pymysql.connect(**login)
with connection.cursor() as cursor:
    cursor.execute("DROP TABLE IF EXISTS item")
    cursor.execute(
        "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40) UNIQUE, price DECIMAL(8, 2), made DATE,"
        " picture LONGBLOB) CHARACTER SET utf8mb4"
    )
    rows = [(1, "tea", decimal.Decimal("2.50"), datetime.date(2026, 1, 31), None), (2, "naïve 🍵", 3, None, b"\0\xff")]
    print("inserted", cursor.executemany("INSERT INTO item VALUES (%s, %s, %s, %s, %s)", rows))
    connection.commit()
    cursor.execute("SELECT * FROM item ORDER BY id")
    print("selected", cursor.rowcount, cursor.fetchall())

    picture = bytes(range(256)) * 8192
    cursor.execute("UPDATE item SET picture = %s WHERE id = 1", (picture,))
    cursor.execute("SELECT picture, LENGTH(picture) FROM item WHERE id = 1")
    got, length = cursor.fetchone()
    print("large", got == picture, length)
    connection.commit()

    connection.begin()
    cursor.execute("DELETE FROM item")
    cursor.execute("SELECT COUNT(*) FROM item")
    print("within the transaction", cursor.fetchone())
    connection.rollback()
    cursor.execute("SELECT COUNT(*) FROM item")
    print("after the rollback", cursor.fetchone())

    for statement in ("INSERT INTO item (id) VALUES (1)", "SELEC 1", "SELECT * FROM nowhere"):
        try:
            cursor.execute(statement)
        except pymysql.MySQLError as error:
            print(type(error).__name__, error.args[0])

with connection.cursor(pymysql.cursors.SSDictCursor) as cursor:
    cursor.execute("SELECT seq FROM seq_1_to_10000")
    print("streamed", sum(row["seq"] for row in cursor))

# Another connection doesn't see what isn't committed.
with pymysql.connect(**login) as other, connection.cursor() as cursor, other.cursor() as theirs:
    cursor.execute("UPDATE item SET price = 9 WHERE id = 2")
    theirs.execute("SELECT price FROM item WHERE id = 2")
    print("others see", theirs.fetchone())
connection.commit()
print("alive", connection.ping(reconnect=False), connection.open)
connection.close()

try:
    pymysql.connect(**{**login, "password": "wrong"})
except pymysql.OperationalError as error:
    print(type(error).__name__, error.args[0])
